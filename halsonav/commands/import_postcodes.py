"""Reads postcodes from a CSV file: `code;lat;lon;area_slug` on each row."""

import argparse
from pathlib import Path

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="FIL",
        help="CSV-fil i UTF-8 med raderna postnummer;latitud;longitud;område",
    )


def run(options: argparse.Namespace) -> int:
    """Import all rows, or none and say what is wrong with each."""
    try:
        text = options.file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        complain(f"Filen {options.file} går inte att läsa. Den ska finnas och vara i UTF-8.")
        return 1
    places = with_django("halsonav.places.actions")
    try:
        count = places.import_postcodes(by=None, lines=text)
    except places.BadRowsError as error:
        for row in error.rows:
            complain(f"Rad {row.number}: {row.why} Där står: {row.text}")
        complain(f"Inget lästes in. Rätta {len(error.rows)} rader och försök igen.")
        return 1
    say(f"Klart: {count} postnummer lästes in.")
    return 0
