"""The map: our own drawing of areas with counts and dots, beside a list that says the same."""

from typing import Any, Final

from halsonav.places.map_svg import MapPoint, areas_for_map, draw
from halsonav.places.models import Area
from halsonav.programme.finder import Finder, Page
from halsonav.website.listing import Href, count_words

WIDTH: Final = 800
PREFERRED: Final = ("neighbourhood", "city_district", "municipality", "region")


def find_map(finder: Finder, page: Page, href: Href) -> dict[str, Any]:
    """Return the map of a query: the areas below the chosen one, or the municipalities."""
    chosen = page.query.value("area")
    areas = _areas_of(chosen)
    counts = {area.pk: page.counts.get(f"area:{area.slug}", 0) for area in areas}
    shown = [area for area in areas if counts[area.pk] or area.slug == chosen]
    points = [MapPoint(lat, lon, "", "") for lat, lon in finder.points(page.query)]
    drawn = draw(areas_for_map(shown, counts, finder.language), points, width=WIDTH)
    return {
        "box": drawn.view_box,
        "areas": [
            {
                "name": area.name,
                "path": area.d,
                "href": href(page.query.with_facet("area", area.slug)),
                "count": count_words(area.count),
                "current": area.slug == chosen,
            }
            for area in sorted(drawn.areas, key=lambda area: -area.count)
        ],
        "points": [{"x": dot.x, "y": dot.y, "r": 5} for dot in drawn.dots],
    }


def _areas_of(chosen: str) -> list[Area]:
    """Return the areas that lie in the chosen one, or in the nation the municipalities."""
    top = Area.objects.filter(slug=chosen).first()
    if top is None:
        return list(Area.objects.filter(kind="municipality"))
    below = list(Area.objects.within(top).exclude(pk=top.pk))
    return below or [top]
