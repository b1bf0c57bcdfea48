"""`python -m halsonav.commands` is the same as `halsonav`."""

import sys

from halsonav.commands import main

if __name__ == "__main__":
    sys.exit(main())
