"""Reads leaked passwords from a file of SHA-1 sums: `hash:how often` on each row."""

import argparse
from pathlib import Path

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FIL",
        help="textfil med en SHA-1-summa på varje rad, som Have I Been Pwneds lista",
    )


def run(options: argparse.Namespace) -> int:
    """Take in all rows, or none and say which is wrong."""
    passwords = with_django("halsonav.people.signing_in.passwords")
    try:
        with options.file.open(encoding="ascii") as lines:
            count = passwords.write_leaked(lines)
    except (OSError, UnicodeDecodeError):
        complain(f"Filen {options.file} går inte att läsa. Den ska finnas och vara ren text.")
        return 1
    except passwords.NotInOrderError as error:
        complain(f"Rad {error} kommer före raden ovanför. Sortera filen. Inget lästes in.")
        return 1
    except ValueError as error:
        complain(f"Rad {error} är ingen SHA-1-summa. Inget lästes in.")
        return 1
    if not count:
        complain(f"Filen {options.file} är tom.")
        return 1
    say(f"Klart: {count} läckta lösenord går inte att välja.")
    return 0
