"""Puts a backup back, or reads one through."""

import argparse
from pathlib import Path

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the backup, the key, and how far to go."""
    parser.add_argument("file", type=Path, metavar="FIL", help="säkerhetskopian")
    parser.add_argument(
        "--key", type=Path, metavar="FIL", required=True, help="filen med den hemliga nyckeln"
    )
    parser.add_argument("--check", action="store_true", help="läs bara igenom den, ändra inget")
    parser.add_argument("--replace", action="store_true", help="ersätt det som finns här")


def run(options: argparse.Namespace) -> int:
    """Do it and say what was put back; the exit code is 1 when it could not be, and why is said."""
    restoring = with_django("halsonav.backup.restoring")
    try:
        if options.check:
            manifest = restoring.look_through(options.file, options.key)
        else:
            manifest = restoring.restore(options.file, options.key, replace=options.replace)
    except restoring.BackupError as error:
        complain(str(error))
        return 1
    rows = sum(manifest.facts.rows.values())
    many = f"{rows} rader och {len(manifest.parts) - 1} filer från {manifest.made_at}"
    if options.check:
        say(f"Säkerhetskopian är hel: {many}.")
    else:
        say(
            f"Klart: {many}. Alla loggar in på nytt. Starta `halsonav serve` och `halsonav worker`."
        )
    return 0
