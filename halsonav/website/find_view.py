"""What the find page shows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from halsonav.lib.punctuation import quoted, together
from halsonav.lib.swedish_calendar import monday_of
from halsonav.places.nearness import example_postcode
from halsonav.programme.finder import Alternative, Finder, FinderQuery, Page, read_query
from halsonav.website import addresses, listing
from halsonav.website.maps import find_maps

NEAREST: Final = 3
MOST_NEEDS_SAID: Final = 3
Locate = Callable[[str], tuple[float, float] | None]


def read(params: QueryDict, finder: Finder, locate: Locate) -> tuple[FinderQuery, list[str]]:
    """Return the query and what could not be understood.

    A typed place becomes a position; words that tell where or when become choices.
    """
    query, problems = read_query(dict(params.lists()), finder.known)
    if query.place:
        position = locate(query.place)
        if position is None:
            problems.append(_unknown_place(quoted(query.place, finder.language)))
            return finder.understood(replace(query, place="", sort="")), problems
        query = replace(query, near=(round(position[0], 3), round(position[1], 3)))
    return finder.understood(query), problems


def _unknown_place(place: str) -> str:
    """Return what to write instead; a postcode only where there are some."""
    example = example_postcode()
    if not example:
        return _("Vi hittar inte %(place)s. Skriv namnet på ett område.") % {"place": place}
    said = _("Vi hittar inte %(place)s. Skriv ett postnummer, till exempel %(example)s.")
    return said % {"place": place, "example": example}


def listed(finder: Finder, query: FinderQuery) -> FinderQuery:
    """Return the query with what its view adds: the week view shows one week."""
    return finder.in_week(query) if query.view == "week" else query


def address(base: str, query: FinderQuery) -> str:
    """Return the address of a query."""
    params = query.params()
    return f"{base}?{urlencode(params)}" if params else base


def context(finder: Finder, query: FinderQuery, problems: list[str]) -> tuple[Page, dict[str, Any]]:
    """Return what was found, and the page: filters, the sentence above, the view's rows."""
    href = partial(address, addresses.page("find"))
    if query.view == "week":
        page, shown = _week(finder, query, href)
    elif query.view == "map":
        page = finder.find(query, size=0)
        shown = {
            "maps": find_maps(finder, page, href),
            "order": _counted(query),
            **_in_chosen_area(finder, query, href),
        }
    else:
        page, shown = _list(finder, query, href)
    return page, {
        "searched": bool(query.text),
        "found": bool(page.total),
        "empty": {} if page.total else _empty(finder, query, page, href),
        "unlisted": bool(query.is_filtered or query.after or query.near),
        "problems": problems,
        "mend_href": _filters(query, href) if problems else "",
        "notes": word_notes(page, finder),
        "place": query.place,
        "is_near": bool(query.near),
        "calendar_href": address(addresses.page("search_calendar"), query),
        **_around(finder, page, href),
        **shown,
    }


def _filters(query: FinderQuery, href: listing.Href) -> str:
    """Return the way to the filters; the week, which has no room for them, leads to the list's."""
    if query.view != "week":
        return "#filter"
    return href(query.but(view="list", week=None)) + "#filter"


def _quick(finder: Finder, page: Page, href: listing.Href) -> list[dict[str, str]]:
    options = [
        *finder.options(page, "want"),
        *finder.options(page, "time")[1:],
        *finder.options(page, "join"),
    ]
    return [
        {
            "label": option.label,
            "href": href(option.query),
            "count": listing.count_words(option.count),
        }
        for option in options
        if not option.chosen
    ]


def _around(finder: Finder, page: Page, href: listing.Href) -> dict[str, Any]:
    """Return filters, chips and links; kept while the answer cannot change."""
    key = (finder.language, finder.moment, replace(page.query, after=()), page.query.told)
    return finder.columns.around.of(  # type: ignore[no-any-return]
        key, lambda: _made_around(finder, page, href)
    )


def _made_around(finder: Finder, page: Page, href: listing.Href) -> dict[str, Any]:
    query = page.query
    typed = query.told or query
    chosen = listing.chosen_chips(finder, query, href, text_used(page))
    in_week = query.view == "week"
    return {
        **(_above_week(finder, page, href) if in_week else _column(finder, page, href)),
        "search": {**search_box(query), "hint": _instead(page, finder.language)},
        "near_href": href(query.but(near=None, place="", sort="")),
        "exact_href": href(typed.but(exact=True)) if typed.text else "",
        "exact_text": _("Sök bara på %(words)s") % {"words": quoted(typed.text, finder.language)},
        "chosen": chosen,
        "clear": href(FinderQuery(view=query.view)) if len(chosen) > 1 else "",
        "views": listing.views(query, href),
        "orders": listing.orders(query, href),
        "sorts": listing.sorts(query, href),
        "said": listing.rows_words(page),
        "all_free": listing.all_free(page),
    }


def _column(finder: Finder, page: Page, href: listing.Href) -> dict[str, Any]:
    """Return the filters that stand beside the list and the map."""
    groups = listing.filter_groups(finder, page, href)
    column = {
        "filters": [group for group in groups if not group.get("more")],
        "more_filters": [group for group in groups if group.get("more")],
        "close_filters": _("Visa %(rows)s") % {"rows": listing.rows_words(page)},
    }
    html = render_to_string("website/_filters.html", column)
    return {"filters": bool(column["filters"]), "filters_html": html}


def _above_week(finder: Finder, page: Page, href: listing.Href) -> dict[str, Any]:
    """Return the few choices above the week, which has no room for a column."""
    monday = page.query.week or monday_of(finder.moment.today)
    return {
        "quick": _quick(finder, page, href),
        "filter_href": _filters(page.query, href),
        "week_words": listing.week_heading(monday, finder.language),
        "week_links": listing.week_links(monday, finder.moment.today, finder.language),
        "weeks": listing.neighbour_weeks(page.query, finder.moment.today, href),
    }


def _list(finder: Finder, query: FinderQuery, href: listing.Href) -> tuple[Page, dict[str, Any]]:
    page = finder.find(query)
    following = page.next_query
    in_days = query.chosen_by == "time" and query.chosen_sort == "time"
    language, today = finder.language, finder.moment.today
    return page, {
        "order": listing.order_words(query),
        "days": listing.by_day(page.hits, today, language) if in_days else "",
        "rows": "" if in_days else listing.rows_html(page.hits),
        "pager": {
            "next": href(following) if following else "",
            "previous": href(query.but()) if query.after else "",
            "previous_text": _("Till början av listan"),
        },
    }


def _counted(query: FinderQuery) -> str:
    """Return how far ahead the map counts, where no day is chosen."""
    if query.window or query.day or query.week:
        return ""
    return _("Vi räknar allt som är planerat från och med i dag.")


def _in_chosen_area(finder: Finder, query: FinderQuery, href: listing.Href) -> dict[str, Any]:
    """Return the next occurrences in the area that the map shows, and the way to all of them."""
    if not query.value("area"):
        return {}
    every = query.but(view="list", by="", sort="")
    if every.chosen_by != "time" or every.chosen_sort != "time":
        every = every.but(by="time", sort="time")
    page = finder.find(every, size=NEAREST, dated=True)
    return {
        "next_rows": listing.rows_html(page.hits),
        "all_href": href(every),
        "all_text": listing.see_all_words(page),
    }


def _empty(finder: Finder, query: FinderQuery, page: Page, href: listing.Href) -> dict[str, Any]:
    """Return what stands in place of a list: what was not found, what is near, and ways on."""
    first = page.alternatives[0] if page.alternatives else None
    shown = finder.find(first.query, size=NEAREST, dated=True) if first else None
    ways = [(_way_on(one), href(one.query), bool(one.left_out)) for one in page.alternatives]
    return {
        "title": _not_found(query, finder.language),
        "near": bool(first and first.left_out),
        "rows": listing.rows_html(shown.hits if shown else []),
        "all_free": bool(shown and listing.all_free(shown)),
        "before": [{"text": text, "href": to} for text, to, narrower in ways if narrower],
        "after": [{"text": text, "href": to} for text, to, narrower in ways if not narrower],
    }


def _not_found(query: FinderQuery, language: str) -> str:
    """Return the heading over nothing; of words alone it says the words."""
    if query.text and not (query.but(text="", exact=False).is_filtered or query.near or query.week):
        return _("Vi hittade inget för %(words)s") % {"words": quoted(query.text, language)}
    return _("Vi hittade inget som passar allt")


def _way_on(other: Alternative) -> str:
    rows = listing.rows_words(other)
    if not other.left_out:
        return _("Se allt som händer: %(rows)s") % {"rows": rows}
    return _("Ta bort %(what)s och se %(rows)s") % {"what": other.left_out, "rows": rows}


def _week(finder: Finder, query: FinderQuery, href: listing.Href) -> tuple[Page, dict[str, Any]]:
    page, days = finder.week(query)
    return page, {"week": listing.week_days(finder, page, days, finder.language, href)}


def word_notes(page: Page, finder: Finder) -> list[str]:
    """Return what was done with the typed words, in words."""
    language = finder.language
    notes = told_notes(page.query, finder)
    if page.matched is None:
        return notes
    if page.matched.corrected:
        typed = _in_quotes(page.matched.corrected, language)
        words = _in_quotes(page.matched.corrected.values(), language)
        said = _("Du skrev %(typed)s. Menade du %(words)s? Vi visar det.")
        notes.append(said % {"typed": typed, "words": words})
    searched = [*page.matched.widened, *map(finder.label, page.matched.needs[:MOST_NEEDS_SAID])]
    if searched:
        words = _in_quotes(searched, language)
        notes.append(_("Vi sökte också på %(words)s.") % {"words": words})
    if page.matched.missing and page.total:
        words = _in_quotes(page.matched.missing, language)
        notes.append(_("Vi hittade inget om %(words)s. Det här är närmast.") % {"words": words})
    return notes


def told_notes(query: FinderQuery, finder: Finder) -> list[str]:
    """Return which words were read as choices, in words."""
    language = finder.language
    read = [
        _("%(words)s som %(choices)s")
        % {
            "words": quoted(words, language),
            "choices": _in_quotes(listing.choices(finder, alone), language),
        }
        for words, alone in query.heard
    ]
    return [_("Vi läste %(read)s.") % {"read": together(read, language)}] if read else []


def text_used(page: Page) -> str:
    """Return the typed words as they were searched for: what was misspelt is put right."""
    said = page.query.text
    for typed, used in (page.matched.corrected if page.matched else {}).items():
        said = re.sub(rf"(?i)\b{re.escape(typed)}\b", used.replace("\\", r"\\"), said)
    return said


def _instead(page: Page, language: str) -> str:
    """Return what stands at the field when other words than the typed ones were searched for."""
    used = text_used(page)
    if used == page.query.text:
        return ""
    return _("Vi visar %(words)s.") % {"words": quoted(used, language)}


def _in_quotes(words: Iterable[str], language: str) -> str:
    return together((quoted(word, language) for word in words), language)


def _search_button() -> SafeString:
    """Return what the button does; a phone shows the verb alone and reads out the whole."""
    return mark_safe(_('Sök<span class="object"> aktiviteter</span>'))  # noqa: S308 (our own words)


def search_box(query: FinderQuery) -> dict[str, Any]:
    """Return the search field; other choices follow along when one searches."""
    kept = [pair for pair in query.params() if pair[0] not in ("q", "after", "exact", "place")]
    return {
        "action": addresses.page("find"),
        "name": "q",
        "label": _("Vad vill du göra?"),
        "button": _search_button(),
        "value": query.text,
        "hidden": kept,
    }
