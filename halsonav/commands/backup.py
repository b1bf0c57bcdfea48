"""Makes a backup of database and files, encrypted, while everything goes on."""

import argparse
from pathlib import Path

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to."""
    parser.add_argument(
        "file", type=Path, metavar="FIL", help="en fil, eller en mapp att lägga den i"
    )


def run(options: argparse.Namespace) -> int:
    """Make it and say what is in it; the exit code is 1 when it could not be made."""
    making = with_django("halsonav.backup.making")
    try:
        made = making.make(options.file)
    except making.BackupError as error:
        complain(str(error))
        return 1
    rows, files = sum(made.manifest.facts.rows.values()), len(made.manifest.parts) - 1
    say(f"Klart: {made.file} ({made.size} byte, {rows} rader, {files} filer).")
    for name in made.manifest.left_out:
        say(f"{name} är inte med: läs in den på nytt efter en återställning.")
    return 0
