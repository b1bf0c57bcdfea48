"""What the start page shows."""

from functools import partial
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.design.site import phone_href
from halsonav.lib.text import in_language
from halsonav.people.models import Centre, Organisation, Reader
from halsonav.programme.finder import Finder, FinderQuery, Page
from halsonav.website import listing
from halsonav.website.find_view import address
from halsonav.website.subject_view import theme_items

SHOWN: Final = 8
AT_LEAST: Final = 4


def context(finder: Finder) -> dict[str, Any]:
    """Return the sentence, the next days' rows, themes and whom to talk with."""
    href = partial(address, reverse("website:find"))
    soon = finder.find(FinderQuery(), size=SHOWN)
    week, page = _widest_week(finder)
    return {
        "lead": _("Gratis aktiviteter nära dig. Du behöver inget konto och ingen remiss."),
        "button": _("Visa tillfällen"),
        "find": reverse("website:find"),
        "what": _wants(finder),
        "where": _places(finder),
        "when": _windows(week),
        "days": listing.by_day(soon.hits, finder.moment.today, finder.language),
        "more": _more(page),
        "more_href": href(week),
        "themes": theme_items(finder),
        "talk": reverse("website:talk"),
    }


def _widest_week(finder: Finder) -> tuple[FinderQuery, Page]:
    """Return this week; late on a Sunday, when little is left of it, the next."""
    for window in ("week", "next-week", ""):
        query = FinderQuery(window=window)
        page = finder.find(query, size=0)
        if page.total >= AT_LEAST:
            break
    return query, page


def _more(page: Page) -> str:
    if not page.query.window:
        return listing.see_all_words(page)
    words = {"week": _("Se hela veckan, %(rows)s"), "next-week": _("Se nästa vecka, %(rows)s")}
    return words[page.query.window] % {"rows": listing.rows_words(page)}


def _wants(finder: Finder) -> list[dict[str, Any]]:
    first = {"value": "", "label": _("göra något tillsammans"), "chosen": True}
    words = {
        "move": _("röra på mig"),
        "meet": _("träffa andra"),
        "learn": _("lära mig något"),
        "unwind": _("slappna av"),
        "talk": _("prata med någon"),
        "create": _("skapa något"),
    }
    known = [name for name in words if f"want:{name}" in finder.known]
    return [first, *({"value": name, "label": words[name], "chosen": False} for name in known)]


def _places(finder: Finder) -> list[dict[str, Any]]:
    first = {"value": "", "label": _("alla orter"), "chosen": True}
    named = finder.named
    tops = [
        key
        for key in finder.known
        if key.startswith("area:") and named[key].level in ("municipality", "neighbourhood")
    ]
    labels = sorted((finder.label(key), key.partition(":")[2]) for key in tops)
    return [first, *({"value": value, "label": label, "chosen": False} for label, value in labels)]


def _windows(chosen: FinderQuery) -> list[dict[str, Any]]:
    words = {
        "week": _("den här veckan"),
        "today": _("i dag"),
        "tomorrow": _("i morgon"),
        "weekend": _("i helgen"),
        "next-week": _("nästa vecka"),
        "": _("när som helst"),
    }
    return [
        {"value": value, "label": label, "chosen": value == chosen.window}
        for value, label in words.items()
    ]


def centres(user: Reader, language: str) -> list[dict[str, Any]]:
    """Return the centres with what one needs to reach them, in the language."""
    rows = Centre.objects.visible_to(user).select_related("organisation__parent__parent")
    return [
        {
            "slug": centre.slug,
            "name": in_language(centre.names, language, centre.name),
            "tagline": in_language(centre.tagline, language),
            "talk": in_language(centre.talk, language),
            "about": [
                part.strip() for part in in_language(centre.about, language).split("\n\n") if part
            ],
            "visit": in_language(centre.visit, language),
            "responsible": _name_of(centre.organisation.top, language),
            "phone": centre.phone,
            "phone_href": phone_href(centre.phone),
            "hours": in_language(centre.phone_hours, language),
            "email": centre.email,
            "href": address(
                reverse("website:find"), FinderQuery(facets=(("centre", centre.slug),))
            ),
        }
        for centre in rows.order_by("name")
    ]


def _name_of(organisation: Organisation, language: str) -> str:
    return in_language(organisation.names, language, organisation.name)
