"""Reads the journal through, and holds it against the heads that were written down."""

import argparse
from pathlib import Path

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take a file of heads that was kept elsewhere."""
    parser.add_argument(
        "--heads",
        type=Path,
        metavar="FIL",
        help="en kopia av journal-heads.txt som har legat någon annanstans",
    )


def run(options: argparse.Namespace) -> int:
    """Say whether the chain is whole, or where it is broken."""
    inspection = with_django("halsonav.commands.inspection")
    if options.heads and not options.heads.is_file():
        complain(f"Filen {options.heads} finns inte.")
        return 1
    finding = inspection.journal_is_whole(options.heads)
    (say if finding.good else complain)(finding.words)
    return 0 if finding.good else 1
