"""Where Chromium is: named in CHROMIUM, or by one of its usual names in the search path."""

import os
import shutil
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
MISSING: Final = "no Chromium: install it, or name it in CHROMIUM"


def chromium() -> str | None:
    """Return Chromium's path; None when it is not there, or not where CHROMIUM says."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else NAMES))
    return next((path for path in found if path), None)
