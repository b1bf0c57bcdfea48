"""How far it is, and where a postcode or a name lies. Nothing about who asks is stored."""

import math
import re
from typing import overload

import numpy as np
from django.db.models import F
from numpy.typing import NDArray

from halsonav.lib.text import fold
from halsonav.places.models import Area, AreaKind, Postcode, Venue

EARTH_RADIUS = 6_371_008.8
LONGEST_NAME = 80
Position = tuple[float, float]
_POSTCODE = re.compile(r"^(?:SE-?)?\s*([0-9]{3})\s?([0-9]{2})\Z", re.IGNORECASE)
_WIDEST_FIRST = {str(kind): order for order, kind in enumerate(AreaKind)}
_VENUES_LAST = len(_WIDEST_FIRST)
_NEEDED = ("folded_names", "kind", "lat", "lon")


@overload
def distance_metres(lat1: float, lon1: float, lat2: float, lon2: float) -> float: ...
@overload
def distance_metres(
    lat1: float, lon1: float, lat2: NDArray[np.float64], lon2: NDArray[np.float64]
) -> NDArray[np.float64]: ...


def distance_metres(
    lat1: float,
    lon1: float,
    lat2: float | NDArray[np.float64],
    lon2: float | NDArray[np.float64],
) -> float | NDArray[np.float64]:
    """Return metres along the earth (haversine, mean radius) between positions in degrees.

    The second position may be one or arrays of the same length; a NaN there gives a NaN.
    """
    if isinstance(lat2, np.ndarray) or isinstance(lon2, np.ndarray):
        return _to_many(lat1, lon1, np.asarray(lat2), np.asarray(lon2))
    rise = math.sin(math.radians(lat2 - lat1) / 2) ** 2
    turn = math.sin(math.radians(lon2 - lon1) / 2) ** 2
    chord = rise + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * turn
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(1.0, chord)))


def _to_many(
    lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> NDArray[np.float64]:
    rise = np.sin(np.radians(lats - lat) / 2) ** 2
    turn = np.sin(np.radians(lons - lon) / 2) ** 2
    chord = rise + math.cos(math.radians(lat)) * np.cos(np.radians(lats)) * turn
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
    return metres


def find_position(text: str) -> Position | None:
    """Return (latitude, longitude) for a postcode or a name, or None when nothing is known there.

    "413 14" and "41314" are postcodes. A name is that of an area or a venue in any language, in
    any case, with or without marks, whole or as its beginning; a whole name comes before a
    beginning, an area before a venue, and a wide area before a narrow one.
    """
    written = " ".join(text.replace("\0", " ").split())[:LONGEST_NAME]
    postcode = _POSTCODE.match(written)
    if postcode:
        return _of_postcode("".join(postcode.groups()))
    return _of_name(fold(written).replace("|", " ").strip())


def example_postcode() -> str:
    """Return a postcode that `find_position` knows, "413 19"; "" where there is none.

    The space in it does not break, and keeps the digits in order among letters from the right.
    """
    known = Postcode.objects.order_by(F("area").asc(nulls_last=True), "code")
    code = known.values_list("code", flat=True).first() or ""
    return f"{code[:3]}\u00a0{code[3:]}" if code else ""


def folded_names(name: str, names: dict[str, str]) -> str:
    """Return the names as `find_position` compares them: "|goteborg|gothenburg|"."""
    every = dict.fromkeys(
        fold(each).replace("|", " ").strip() for each in (name, *names.values()) if each.strip()
    )
    return "|" + "".join(f"{each}|" for each in every)


def _of_postcode(code: str) -> Position | None:
    return Postcode.objects.filter(code=code).values_list("lat", "lon").first()


def _of_name(wanted: str) -> Position | None:
    if not wanted:
        return None
    begins = {"folded_names__contains": f"|{wanted}", "lat__isnull": False}
    found = [_ranked(area, wanted) for area in Area.objects.filter(**begins).only(*_NEEDED)]
    found += [_ranked(venue, wanted) for venue in Venue.objects.filter(**begins).only(*_NEEDED)]
    return min(found)[-2:] if found else None


def _ranked(place: Area | Venue, wanted: str) -> tuple[bool, int, str, float, float]:
    part_of_name = f"|{wanted}|" not in place.folded_names
    width = _WIDEST_FIRST[place.kind] if isinstance(place, Area) else _VENUES_LAST
    return part_of_name, width, place.folded_names, place.lat or 0.0, place.lon or 0.0
