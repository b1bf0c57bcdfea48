"""A map drawn from area shapes alone: paths and dots for an SVG, no tiles from anywhere.

The projection is equirectangular, with degrees of longitude narrowed by the cosine of the middle
latitude; that is true enough for a municipality or a region.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from halsonav.lib.text import in_language
from halsonav.places.models import Area, Venue

Point = Sequence[float]
Ring = Sequence[Point]

PADDING = 0.04
TALLEST = 0.9
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
    """A drawn area: `d` is the data of an SVG path, `outline` the corners of its largest part."""

    d: str
    outline: tuple[tuple[float, float], ...]
    name: str
    slug: str
    count: int


@dataclass(frozen=True)
class SvgDot:
    """A drawn place, in the units of the view box; `areas` are the slugs of those it lies in.

    `count` says how many places the dot stands for.
    """

    x: float
    y: float
    label: str
    key: str
    areas: frozenset[str] = frozenset()
    count: int = 1


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


def draw(
    areas: Iterable[MapArea], points: Iterable[MapPoint], *, width: int, apart: float = 0
) -> SvgMap:
    """Return the map of the areas that have a shape and of all points, `width` units wide.

    Everything lies within the view box. Dots in the same area that are nearer each other than
    `apart` units become one. With nothing to draw the map is empty and half as high as it is wide.
    """
    drawn = [(area, area.rings) for area in areas if area.rings]
    marked = list(points)
    corners = [point for _, rings in drawn for ring in rings for point in ring]
    corners += [(point.lon, point.lat) for point in marked]
    if not corners:
        return SvgMap(width, width // 2, (), ())
    projection, height = _fit(corners, width)
    dots = (_marked(point, projection, _around(point, drawn)) for point in marked)
    shapes = tuple(_drawn(area, rings, projection) for area, rings in drawn)
    return SvgMap(width, height, shapes, _together(dots, apart))


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
    corners = [_corners(ring, projection) for ring in rings]
    largest = max(corners, key=lambda ring: abs(_signed_area(ring)))
    return SvgArea("".join(map(_path, corners)), tuple(largest), area.name, area.slug, area.count)


def _signed_area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _sides(ring)) / 2


def _sides(ring: Ring) -> Iterable[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _around(point: MapPoint, areas: Sequence[tuple[MapArea, Sequence[Ring]]]) -> frozenset[str]:
    return frozenset(
        area.slug for area, rings in areas if any(_holds(ring, point) for ring in rings)
    )


def _holds(ring: Ring, point: MapPoint) -> bool:
    """Whether a line eastwards from the point crosses the ring an odd number of times."""
    crossings = [
        a[0] + (point.lat - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) > point.lon
        for a, b in _sides(ring)
        if (a[1] > point.lat) != (b[1] > point.lat)
    ]
    return sum(crossings) % 2 == 1


def _corners(ring: Ring, projection: _Projection) -> list[tuple[float, float]]:
    """Return the corners in the units of the drawing, the first one not repeated at the end."""
    corners = [projection(point[0], point[1]) for point in ring]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    return corners


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z"


def _marked(point: MapPoint, projection: _Projection, areas: frozenset[str]) -> SvgDot:
    x, y = projection(point.lon, point.lat)
    return SvgDot(x, y, point.label, point.key, areas)


def _together(dots: Iterable[SvgDot], apart: float) -> tuple[SvgDot, ...]:
    """Return the dots, those that lie on each other in the same areas as one in their middle."""
    kept: list[SvgDot] = []
    for dot in dots:
        while near := _nearer(kept, dot, apart):  # what has moved to a middle may be near others
            for one in near:
                kept.remove(one)
                dot = _both(one, dot)
        kept.append(dot)
    return tuple(kept)


def _nearer(kept: Iterable[SvgDot], dot: SvgDot, apart: float) -> list[SvgDot]:
    return [one for one in kept if one.areas == dot.areas and _distance(one, dot) < apart]


def _distance(one: SvgDot, other: SvgDot) -> float:
    return math.dist((one.x, one.y), (other.x, other.y))


def _both(one: SvgDot, other: SvgDot) -> SvgDot:
    count = one.count + other.count
    x = (one.x * one.count + other.x * other.count) / count
    y = (one.y * one.count + other.y * other.count) / count
    return replace(one, x=round(x, 1), y=round(y, 1), count=count)
