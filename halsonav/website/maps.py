"""The map: our own drawing of areas with counts and dots, beside a list that says the same."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from halsonav.lib.text import alphabetical, in_language
from halsonav.places.map_labels import Label, place
from halsonav.places.map_svg import MapPoint, SvgArea, SvgMap, areas_for_map, draw
from halsonav.places.models import Area
from halsonav.programme.finder import Finder, Page
from halsonav.website.listing import Href, said_rows

WIDTH: Final = 640
SHOWN: Final = (284, 470)
"""So many px wide a map is at least: on a small phone, and where there is room for more names."""
DOTS_APART: Final = 24
"""Units of the map between dots; nearer than that they would lie on each other on a phone."""
MOST_WITH_DOTS: Final = 6
"""A map of more areas than this has their names and no dots."""
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
    numbers = _numbers([area for area in areas if f"area:{area.slug}" in finder.known], finder)
    areas = [area for area in areas if counts[area.pk]]
    shown = areas_for_map(areas, counts, finder.language)
    drawn = draw(shown, _dots(areas, points), width=WIDTH, apart=DOTS_APART)
    shapes = sorted(drawn.areas, key=lambda area: numbers[area.slug])
    labels = {area.slug: _labels(area, numbers[area.slug], drawn) for area in shapes}
    digits = {
        label.get("on", "any") for area in labels.values() for label in area if label["digit"]
    }
    chosen = page.query.value("area")
    return {
        "id": f"karta-{top.slug}",
        "name": finder.label(f"area:{top.slug}"),
        "href": href(page.query.with_facet("area", top.slug)),
        "count": said_rows(page.query, _count(page, top)),
        "box": drawn.view_box,
        "note": _note(page, top, sum(counts.values()), drawn),
        "numbered": bool(digits),
        "numbered_wide": bool(digits - {"narrow"}),
        "areas": [
            {
                "name": area.name,
                "path": area.d,
                "href": href(page.query.with_facet("area", area.slug)),
                "count": said_rows(page.query, area.count),
                "current": area.slug == chosen,
                "number": str(numbers[area.slug]) if digits else "",
                "labels": labels[area.slug],
            }
            for area in shapes
        ],
        "points": [
            {"x": str(dot.x), "y": str(dot.y), "on": chosen in dot.areas, "many": dot.count > 1}
            for dot in drawn.dots
        ],
    }


def _numbers(areas: Iterable[Area], finder: Finder) -> dict[str, int]:
    """Return each area's number by slug: its place by name, whatever is searched for."""
    names = {area.slug: in_language(area.names, finder.language, area.name) for area in areas}
    in_order = sorted(names, key=lambda slug: alphabetical(names[slug]))
    return {slug: number for number, slug in enumerate(in_order, 1)}


def _labels(area: SvgArea, number: int, drawn: SvgMap) -> list[dict[str, Any]]:
    """Return what stands on the shape: its name; its number where the name does not fit.

    A map is narrow on a phone and wide elsewhere, and there may be room for more on the wide one.
    """
    dots = [(dot.x, dot.y) for dot in drawn.dots if area.slug in dot.areas]
    narrow, wide = (
        place(area.outline, area.name, str(number), dots, scale=shown / WIDTH) for shown in SHOWN
    )
    if narrow.lines == wide.lines or narrow.lines != (str(number),):
        return [_label(narrow, drawn, str(number))]
    return [
        {**_label(narrow, drawn, str(number)), "on": "narrow"},
        {**_label(wide, drawn, str(number)), "on": "wide"},
    ]


def _label(label: Label, drawn: SvgMap, number: str) -> dict[str, Any]:
    x, y = 100 * label.x / drawn.width, 100 * label.y / drawn.height
    return {
        "lines": label.lines,
        "x": f"{x:.1f}%",
        "y": f"{y:.1f}%",
        "digit": label.lines == (number,),
    }


def _note(page: Page, top: Area, in_parts: int, drawn: SvgMap) -> str:
    """Return what the dots are, and why the parts may add up to more than the whole."""
    said = []
    if any(dot.count > 1 for dot in drawn.dots):
        said.append(_("En prick är en plats där något händer. En större prick är flera platser."))
    elif drawn.dots:
        said.append(_("En prick är en plats där något händer."))
    if page.query.chosen_by == "activity" and in_parts > _count(page, top):
        said.append(_("En aktivitet som finns på flera platser räknas på varje plats."))
    return " ".join(said)


def _dots(areas: Sequence[Area], points: Iterable[tuple[float, float]]) -> list[MapPoint]:
    """Return the places; on a map of many areas none, for there the names need the room."""
    if len(areas) > MOST_WITH_DOTS:
        return []
    return [MapPoint(lat, lon, "", "") for lat, lon in points if _is_near(lat, lon, areas)]


def _is_near(lat: float, lon: float, areas: Sequence[Area]) -> bool:
    corners = [point for area in areas for ring in area.shape or () for point in ring]
    if not corners:
        return False
    lons, lats = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return bool(
        min(lats) - AROUND <= lat <= max(lats) + AROUND
        and min(lons) - AROUND <= lon <= max(lons) + AROUND
    )
