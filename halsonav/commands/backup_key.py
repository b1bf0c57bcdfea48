"""Makes the pair of keys that backups are encrypted to and opened with."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from pyrage import x25519

from halsonav.backup.private_files import private
from halsonav.commands.terminal import complain, say


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take where the secret key goes."""
    parser.add_argument("file", type=Path, metavar="FIL", help="en ny fil för den hemliga nyckeln")


def run(options: argparse.Namespace) -> int:
    """Write the secret key to a file that only its owner may read, and say the public one."""
    pair = x25519.Identity.generate()
    made = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with private(options.file) as opened:
            opened.write(f"# created: {made}\n# public key: {pair.to_public()}\n{pair}\n".encode())
    except FileExistsError:
        complain(f"{options.file} finns redan. En nyckel skrivs aldrig över: välj ett annat namn.")
        return 1
    except OSError as error:
        complain(f"Det gick inte att skriva {options.file} ({error.strerror}).")
        return 1
    say(f"HALSONAV_BACKUP_RECIPIENT={pair.to_public()}")
    say()
    say("Sätt den raden i systemets inställningar. Flytta sedan filen till ett annat ställe än")
    say("servern och kopiorna, helst två: utan den går ingen säkerhetskopia att öppna.")
    return 0
