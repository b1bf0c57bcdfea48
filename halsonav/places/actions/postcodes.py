"""Importing the table of postcodes: all rows, or none and a word on every bad one."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.places.models import Area, Postcode

_BATCH = 1_000
_HEADER = ["code", "lat", "lon", "area_slug"]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken: its line number from 1, its text, and why in plain words."""

    number: int
    text: str
    why: str


class BadRowsError(ValueError):
    """Some rows cannot be taken, so nothing was written; `rows` tells each of them."""

    def __init__(self, rows: list[BadRow]) -> None:
        super().__init__(f"{len(rows)} rows cannot be taken")
        self.rows = rows


@transaction.atomic
def import_postcodes(*, by: journal.Actor, lines: str | Iterable[str]) -> int:
    """Write postcodes from CSV text `code;lat;lon;area_slug`; return how many.

    Those there are already are written over. The first line may be the names of the columns, the
    area may be empty, and a decimal comma is read too. Raises `BadRowsError`, with every bad row,
    before anything is written.
    """
    found: dict[str, Postcode] = {}
    bad: list[BadRow] = []
    areas = dict(Area.objects.values_list("slug", "pk"))
    for number, cells in _rows(lines):
        try:
            row = _postcode(cells, areas, found)
        except ValueError as error:
            bad.append(BadRow(number, ";".join(cells)[:200], str(error)))
        else:
            found[row.code] = row
    if bad:
        raise BadRowsError(bad)
    _write(by, list(found.values()))
    return len(found)


def _rows(lines: str | Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    text = lines.splitlines() if isinstance(lines, str) else lines
    reader = csv.reader((line.replace("\0", "") for line in text), delimiter=";")
    for row in reader:
        cells = [cell.strip().removeprefix("\ufeff") for cell in row]
        if any(cells) and not (reader.line_num == 1 and cells == _HEADER):
            yield reader.line_num, cells


def _postcode(cells: list[str], areas: dict[str, int], found: dict[str, Postcode]) -> Postcode:
    if len(cells) not in (3, 4):
        raise ValueError(_("Raden ska ha kod, latitud, longitud och område."))
    code = cells[0].replace(" ", "")
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        raise ValueError(_("Postnumret ska vara fem siffror."))
    if code in found:
        raise ValueError(_("Postnumret står redan tidigare i filen."))
    slug = cells[3] if len(cells) == 4 else ""
    if slug and slug not in areas:
        raise ValueError(_("Området finns inte."))
    lat = _degrees(cells[1], 90, _("Latituden ska vara ett tal mellan -90 och 90."))
    lon = _degrees(cells[2], 180, _("Longituden ska vara ett tal mellan -180 och 180."))
    return Postcode(code=code, lat=lat, lon=lon, area_id=areas.get(slug))


def _degrees(text: str, most: int, why: str) -> float:
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(why) from None
    if not math.isfinite(degrees) or abs(degrees) > most:
        raise ValueError(why)
    return degrees


def _write(by: journal.Actor, rows: list[Postcode]) -> None:
    Postcode.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["lat", "lon", "area"],
    )
    for row in rows[:1]:  # one entry for the whole table, about its first row
        journal.record(by=by, verb="import_postcodes", about=row, fields=["lat", "lon", "area"])
