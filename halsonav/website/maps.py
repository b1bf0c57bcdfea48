"""The map: our own drawing of areas with counts and dots, beside a list that says the same."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from halsonav.places.map_svg import MapPoint, SvgArea, areas_for_map, draw
from halsonav.places.models import Area
from halsonav.programme.finder import Finder, Page
from halsonav.website.listing import Href, said_rows

WIDTH: Final = 640
AROUND: Final = 0.02
"""Degrees around an area's shapes within which a dot still belongs to its map."""


def find_maps(finder: Finder, page: Page, href: Href) -> list[dict[str, Any]]:
    """Return a map of the chosen area, or one of each municipality where there is something."""
    chosen = page.query.value("area")
    points = finder.points(page.query)
    tops = _tops(chosen, page)
    below = _below(tops)
    return [_map(finder, page, href, top, below[top.pk] or [top], points) for top in tops]


def _tops(chosen: str, page: Page) -> list[Area]:
    top = Area.objects.filter(slug=chosen).first()
    if top is not None and top.kind not in ("nation", "region"):
        return [top]
    towns = Area.objects.filter(kind="municipality")
    if top is not None:
        towns = towns & Area.objects.within(top)
    return sorted(
        (town for town in towns if _count(page, town)), key=lambda town: -_count(page, town)
    )


def _below(tops: Sequence[Area]) -> dict[int, list[Area]]:
    """Return for each area the smallest areas in it that have a shape."""
    found = {}
    for top in tops:
        inside = [area for area in Area.objects.within(top) if area.pk != top.pk and area.shape]
        parents = {area.parent_id for area in inside}
        found[top.pk] = [area for area in inside if area.pk not in parents]
    return found


def _count(page: Page, area: Area) -> int:
    return page.counts.get(f"area:{area.slug}", 0)


def _map(
    finder: Finder,
    page: Page,
    href: Href,
    top: Area,
    areas: Sequence[Area],
    points: Iterable[tuple[float, float]],
) -> dict[str, Any]:
    counts = {area.pk: _count(page, area) for area in areas}
    areas = [area for area in areas if counts[area.pk]]
    dots = [MapPoint(lat, lon, "", "") for lat, lon in points if _is_near(lat, lon, areas)]
    drawn = draw(areas_for_map(areas, counts, finder.language), dots, width=WIDTH)
    chosen = page.query.value("area")
    return {
        "name": finder.label(f"area:{top.slug}"),
        "href": href(page.query.with_facet("area", top.slug)),
        "count": said_rows(page.query, _count(page, top)),
        "box": drawn.view_box,
        "note": _note(page, top, sum(counts.values()), has_dots=bool(drawn.dots)),
        "areas": [
            {
                "name": area.name,
                "path": area.d,
                "href": href(page.query.with_facet("area", area.slug)),
                "count": said_rows(page.query, area.count),
                "current": area.slug == chosen,
                "number": str(number),
                "x": str(area.x),
                "y": str(area.y),
            }
            for number, area in enumerate(_most_first(drawn.areas), 1)
        ],
        "points": [
            {"x": str(dot.x), "y": str(dot.y), "on": chosen in dot.areas} for dot in drawn.dots
        ],
    }


def _most_first(areas: Iterable[SvgArea]) -> list[SvgArea]:
    return sorted(areas, key=lambda area: -area.count)


def _note(page: Page, top: Area, in_parts: int, *, has_dots: bool) -> str:
    """Return what the numbers and dots are, and why the parts may add up to more than the whole."""
    said = [_("Numren på kartan är de i listan.")]
    if has_dots:
        said.append(_("En prick är en plats där något händer."))
    if page.query.chosen_by == "activity" and in_parts > _count(page, top):
        said.append(_("En aktivitet som finns på flera platser räknas på varje plats."))
    return " ".join(said)


def _is_near(lat: float, lon: float, areas: Sequence[Area]) -> bool:
    corners = [point for area in areas for ring in area.shape or () for point in ring]
    if not corners:
        return False
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return bool(
        min(lats) - AROUND <= lat <= max(lats) + AROUND
        and min(lons) - AROUND <= lon <= max(lons) + AROUND
    )
