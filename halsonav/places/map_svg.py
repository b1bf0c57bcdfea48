"""A map drawn from area shapes alone: paths and dots for an SVG, no tiles from anywhere.

The projection is equirectangular, with degrees of longitude narrowed by the cosine of the middle
latitude; that is true enough for a municipality or a region.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from halsonav.lib.text import in_language
from halsonav.places.models import Area, Venue

Point = Sequence[float]
Ring = Sequence[Point]

PADDING = 0.04
TALLEST = 1.6
_SMALLEST_SPAN = 0.01


@dataclass(frozen=True)
class MapArea:
    """An area to draw: `rings` of (longitude, latitude), none when its shape is not known."""

    name: str
    slug: str
    count: int
    rings: Sequence[Ring] | None


@dataclass(frozen=True)
class MapPoint:
    """A place to mark, in degrees; `key` is what the page makes its link from."""

    lat: float
    lon: float
    label: str
    key: str


@dataclass(frozen=True)
class SvgArea:
    """A drawn area: `d` is the data of an SVG path."""

    d: str
    name: str
    slug: str
    count: int


@dataclass(frozen=True)
class SvgDot:
    """A drawn place, in the units of the view box."""

    x: float
    y: float
    label: str
    key: str


@dataclass(frozen=True)
class SvgMap:
    """A whole map in its own units: `width` × `height`, from 0 0 in the upper left."""

    width: int
    height: int
    areas: tuple[SvgArea, ...]
    dots: tuple[SvgDot, ...]

    @property
    def view_box(self) -> str:
        """Return the value of the SVG's viewBox."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True)
class _Projection:
    west: float
    north: float
    narrowing: float
    scale: float
    left: float
    top: float

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        x = self.left + (lon - self.west) * self.narrowing * self.scale
        y = self.top + (self.north - lat) * self.scale
        return round(x, 1), round(y, 1)


def draw(areas: Iterable[MapArea], points: Iterable[MapPoint], *, width: int) -> SvgMap:
    """Return the map of the areas that have a shape and of all points, `width` units wide.

    Everything lies within the view box. With nothing to draw the map is empty and half as high
    as it is wide.
    """
    drawn = [(area, area.rings) for area in areas if area.rings]
    marked = list(points)
    corners = [point for _, rings in drawn for ring in rings for point in ring]
    corners += [(point.lon, point.lat) for point in marked]
    if not corners:
        return SvgMap(width, width // 2, (), ())
    projection, height = _fit(corners, width)
    return SvgMap(
        width=width,
        height=height,
        areas=tuple(_drawn(area, rings, projection) for area, rings in drawn),
        dots=tuple(_marked(point, projection) for point in marked),
    )


def areas_for_map(areas: Iterable[Area], counts: Mapping[int, int], language: str) -> list[MapArea]:
    """Return areas as the map wants them, named in the language, with counts by area id."""
    return [
        MapArea(
            in_language(area.names, language, area.name),
            area.slug,
            counts.get(area.pk, 0),
            area.shape,
        )
        for area in areas
    ]


def venues_for_map(venues: Iterable[Venue], language: str) -> list[MapPoint]:
    """Return the venues that have a position as points, named in the language, keyed by slug."""
    return [
        MapPoint(venue.lat, venue.lon, in_language(venue.names, language, venue.name), venue.slug)
        for venue in venues
        if venue.lat is not None and venue.lon is not None
    ]


def middle_of(rings: Sequence[Ring]) -> tuple[float, float]:
    """Return (latitude, longitude) of the middle of the box around the rings."""
    lons = [point[0] for ring in rings for point in ring]
    lats = [point[1] for ring in rings for point in ring]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def _fit(corners: Sequence[Point], width: int) -> tuple[_Projection, int]:
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    narrowing = max(0.05, math.cos(math.radians((min(lats) + max(lats)) / 2)))
    across = max((max(lons) - min(lons)) * narrowing, _SMALLEST_SPAN)
    down = max(max(lats) - min(lats), _SMALLEST_SPAN)
    inner = width * (1 - 2 * PADDING)
    scale = min(inner / across, inner * TALLEST / down)
    height = math.ceil(down * scale + 2 * PADDING * width)
    left = (width - (max(lons) - min(lons)) * narrowing * scale) / 2
    top = (height - (max(lats) - min(lats)) * scale) / 2
    return _Projection(min(lons), max(lats), narrowing, scale, left, top), height


def _drawn(area: MapArea, rings: Sequence[Ring], projection: _Projection) -> SvgArea:
    d = "".join(_path(ring, projection) for ring in rings)
    return SvgArea(d, area.name, area.slug, area.count)


def _path(ring: Ring, projection: _Projection) -> str:
    corners = [projection(point[0], point[1]) for point in ring]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"


def _marked(point: MapPoint, projection: _Projection) -> SvgDot:
    x, y = projection(point.lon, point.lat)
    return SvgDot(x, y, point.label, point.key)
