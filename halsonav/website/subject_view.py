"""What theme and area pages show."""

from functools import partial
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.lib.text import in_language
from halsonav.places.models import Area
from halsonav.places.queries import centres_serving
from halsonav.programme.finder import Finder, FinderQuery, Page
from halsonav.programme.models import Theme
from halsonav.website import listing
from halsonav.website.find_view import address
from halsonav.website.maps import find_maps

SHOWN: Final = 10


def theme_items(finder: Finder) -> list[dict[str, Any]]:
    """Return all themes as links with their petals; kept with the columns."""
    return finder.columns.kept.of(  # type: ignore[no-any-return]
        ("themes", finder.language), lambda: _theme_items(finder)
    )


def _theme_items(finder: Finder) -> list[dict[str, Any]]:
    return [
        {
            "label": in_language(theme.names, finder.language, str(theme)),
            "lead": in_language(theme.leads, finder.language),
            "href": reverse("website:theme", args=(theme.slug,)),
            "of": " ".join(theme.dimensions),
            "slug": theme.slug,
        }
        for theme in Theme.objects.order_by("position")
    ]


def index_context(finder: Finder, kind: str) -> dict[str, Any]:
    """Return the page of all themes, or of all areas as map and list."""
    page = finder.find(FinderQuery(by="activity"), size=0)
    if kind == "theme":
        items = [item | {"count": _theme_count(page, item["slug"])} for item in theme_items(finder)]
        return {"items": items, "heading": _("Vad handlar det om?")}
    return {
        "heading": _("Nära dig"),
        "maps": find_maps(finder, page, _area_page),
    }


def _theme_count(page: Page, slug: str) -> str:
    count = page.counts.get(f"theme:{slug}", 0)
    return listing.activities_words(count) if count else ""


def _area_page(query: FinderQuery) -> str:
    return reverse("website:area", args=(query.value("area"),))


def context(finder: Finder, kind: str, slug: str) -> dict[str, Any]:
    """Return a theme's or an area's page with its next activities."""
    query = FinderQuery(facets=((kind, slug),), by="activity")
    page = finder.find(query, size=SHOWN)
    href = partial(address, reverse("website:find"))
    shared = {
        "heading": finder.label(f"{kind}:{slug}"),
        "page": page,
        "all_text": listing.see_all_words(page),
        "rows": page.hits,
        "said": listing.rows_words(page),
        "all_free": listing.all_free(page),
        "more": page.total > len(page.hits),
        "all_href": href(query),
        "calendar_href": address(reverse("website:search_calendar"), query),
    }
    return shared | (_theme(finder, slug) if kind == "theme" else _area(finder, slug, page))


def _theme(finder: Finder, slug: str) -> dict[str, Any]:
    items = theme_items(finder)
    own = next(item for item in items if item["slug"] == slug)
    return {
        "lead": own["lead"],
        "of": own["of"],
        "others": [item for item in items if item["slug"] != slug],
    }


def _area(finder: Finder, slug: str, page: Any) -> dict[str, Any]:
    area = Area.objects.get(slug=slug)
    return {
        "maps": find_maps(finder, page, _area_page),
        "centres": [
            {
                "name": in_language(centre.names, finder.language, centre.name),
                "talk": in_language(centre.talk, finder.language),
                "phone": centre.phone,
                "hours": in_language(centre.phone_hours, finder.language),
            }
            for centre in centres_serving(area)
        ],
    }
