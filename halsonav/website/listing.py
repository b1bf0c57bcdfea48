"""How the find page shows an answer: filters, chosen chips, the sentence above, rows by day."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from halsonav.design.moulds import moulded
from halsonav.design.running import unbroken
from halsonav.lib import dates
from halsonav.lib.punctuation import quoted
from halsonav.lib.swedish_calendar import eve, monday_of, red_day, week_number
from halsonav.programme.finder import Finder, FinderQuery, Hit, Page
from halsonav.programme.finder.reading import Alternative, Day, Option

EXACT_TO: Final = 1_000
FIRST_ACCESS: Final = frozenset(("wheelchair", "pram", "hearing_loop", "sign_interpreted"))
Href = Callable[[FinderQuery], str]


def count_words(count: int) -> str:
    """Return a count as it is shown: exact to 1,000, then "över 1 000"."""
    return str(count) if count <= EXACT_TO else _("över 1 000")


def rows_words(page: Page | Alternative) -> str:
    """Return "34 tillfällen" or "12 aktiviteter"."""
    return said_rows(page.query, page.total)


def said_rows(query: FinderQuery, count: int) -> str:
    """Return so many of what a row of the query is: "34 tillfällen" or "12 aktiviteter"."""
    if query.chosen_by == "activity":
        return activities_words(count)
    return ngettext("%(n)s tillfälle", "%(n)s tillfällen", count) % {"n": count_words(count)}


def activities_words(count: int) -> str:
    """Return "12 aktiviteter"."""
    return ngettext("%(n)s aktivitet", "%(n)s aktiviteter", count) % {"n": count_words(count)}


def all_free(page: Page) -> bool:
    """Whether there is something and none of it costs anything."""
    return bool(page.total) and page.counts.get("free:yes") == page.total


def see_all_words(page: Page) -> str:
    """Return "Se alla 12 aktiviteter"; of one "Se 1 aktivitet"."""
    said = _("Se %(rows)s") if page.total == 1 else _("Se alla %(rows)s")
    return said % {"rows": rows_words(page)}


# Filters ------------------------------------------------------------------------------------


def filter_groups(finder: Finder, page: Page, href: Href) -> list[dict[str, Any]]:
    """Return the filter column: groups with options that lead somewhere."""
    titles = {
        "when": _("När"),
        "area": _("Område"),
        "want": _("Vad vill du göra?"),
        "theme": _("Tema"),
        "language": _("Språk"),
        "access": _("För att det ska fungera"),
    }
    more = {
        "access-more": _("Mer om platsen"),
        "group": _("För vem"),
        "age": _("Ålder"),
        "kind": _("Typ av aktivitet"),
        "dimension": _("Hälsa"),
        "level": _("Nivå"),
        "centre": _("Verksamhet"),
    }
    shown = [_group(finder, page, name, title, href) for name, title in titles.items()]
    hidden = [_group(finder, page, name, title, href) for name, title in more.items()]
    return [
        *(group for group in shown if group["options"]),
        *({**group, "more": True} for group in hidden if group["options"]),
    ]


def _group(finder: Finder, page: Page, name: str, title: str, href: Href) -> dict[str, Any]:
    options = finder.options(page, name)
    if name == "when":
        options += finder.options(page, "time")
    if name == "access":
        options = finder.options(page, "join") + [
            option for option in options if option.chosen or option.value in FIRST_ACCESS
        ]
    if name == "access-more":
        options = [
            option
            for option in finder.options(page, "access")
            if not option.chosen and option.value not in FIRST_ACCESS
        ]
    if name == "area":
        options = _areas_shown(options, page.query.value("area"))
    return {"title": title, "options": [_option(option, href) for option in options]}


def _option(option: Option, href: Href) -> dict[str, Any]:
    return {
        "label": option.label[:1].upper() + option.label[1:],
        "href": href(option.query),
        "count": count_words(option.count),
        "on": option.chosen,
        "sub": option.level in ("city_district", "neighbourhood", "county_part"),
    }


def _areas_shown(options: Sequence[Option], chosen: str) -> list[Option]:
    """Return municipalities, and under the chosen one what lies in it and around it."""
    by_value = {option.value: option for option in options}
    near = {chosen} | _line_up(by_value, chosen)
    shown = [
        option
        for option in options
        if option.level == "municipality" or (near & {option.value, option.parent} - {""})
    ]
    tops = [option for option in shown if option.level == "municipality"]
    below = [option for option in shown if option.level not in ("municipality", "region", "nation")]
    tree: list[Option] = []
    for top in tops:
        tree += [top, *_under(by_value, below, top.value)]
    return tree


def _line_up(by_value: dict[str, Option], value: str) -> set[str]:
    """Return the values above an area up to its municipality."""
    line: set[str] = set()
    while value in by_value and by_value[value].level != "municipality":
        value = by_value[value].parent
        line.add(value)
    return line


def _under(by_value: dict[str, Option], options: Iterable[Option], top: str) -> list[Option]:
    return [option for option in options if top in _line_up(by_value, option.value)]


def chosen_chips(finder: Finder, query: FinderQuery, href: Href, text: str) -> list[dict[str, str]]:
    """Return what narrows the list, each with the address that takes it away.

    `text` is the words as they were searched for.
    """
    chips = []
    if query.text:
        without = query.but(text="", exact=False, by="", sort="")
        chips.append({"label": quoted(text, finder.language), "href": href(without)})
    for label, without in _chosen(finder, query):
        chips.append({"label": label, "href": href(without)})
    if query.near:
        near = query.place or _("Nära dig")
        without = query.but(near=None, place="", sort="")
        chips.append({"label": near, "href": href(without)})
    return chips


def choices(finder: Finder, query: FinderQuery) -> list[str]:
    """Return the names of the days, the times and the facets that are chosen."""
    return [label for label, _without in _chosen(finder, query)]


def _chosen(finder: Finder, query: FinderQuery) -> Iterator[tuple[str, FinderQuery]]:
    """Yield each choice by its name, with the query without it."""
    if query.window:
        yield finder.label(f"when:{query.window}"), query.but(window="")
    if query.day:
        yield dates.long_day(query.day, finder.language), query.but(day=None)
    if query.part:
        yield finder.label(f"time:{query.part}"), query.but(part="")
    for group, value in query.facets:
        yield finder.label(f"{group}:{value}"), query.without_facet(group, value)


def views(query: FinderQuery, href: Href) -> list[dict[str, Any]]:
    """Return the three ways to see the answer."""
    names = {"list": _("Lista"), "week": _("Vecka"), "map": _("Karta")}
    return [
        {
            "label": label,
            "href": href(query.but(view=view, week=None)),
            "current": query.view == view,
        }
        for view, label in names.items()
    ]


def orders(query: FinderQuery, href: Href) -> list[dict[str, Any]]:
    """Return the ways to order the list and what a row is; nothing for other views."""
    if query.view != "list":
        return []
    by = query.chosen_by
    rows = [
        (_("Alla tillfällen"), query.but(by="time", sort="time"), by == "time"),
        (_("Varje aktivitet en gång"), query.but(by="activity", sort=""), by == "activity"),
    ]
    return [{"label": label, "href": href(turned), "on": on} for label, turned, on in rows]


def order_words(query: FinderQuery) -> str:
    """Return what stands first in the list, in words."""
    said = {
        "time": _("Först det som händer snart."),
        "near": _("Först det som är närmast."),
        "fit": _("Först det som passar bäst."),
    }
    return said[query.chosen_sort]


def sorts(query: FinderQuery, href: Href) -> list[dict[str, Any]]:
    """Return the orders that make sense for this query."""
    names = {"time": _("Tid"), "near": _("Närmast"), "fit": _("Passar bäst")}
    possible = ["time"] + (["near"] if query.near else []) + (["fit"] if query.text else [])
    if len(possible) < 2:
        return []
    return [
        {
            "label": names[sort],
            "href": href(query.but(sort=sort)),
            "on": query.chosen_sort == sort,
        }
        for sort in possible
    ]


# Rows ---------------------------------------------------------------------------------------


def rows_html(hits: Iterable[Hit]) -> SafeString:
    """Return the rows one after the other."""
    return _one_after_the_other([hit.html for hit in hits])


def by_day(hits: Iterable[Hit], today: date, language: str) -> SafeString:
    """Return hits that are sorted by time, in HTML under the headings of their days."""
    days: dict[date, list[Hit]] = {}
    for hit in hits:
        days.setdefault(hit.day, []).append(hit)
    return _one_after_the_other(
        moulded("website/_day.html", {**_day_words(day, today, language), "html": rows_html(rows)})
        for day, rows in days.items()
    )


def _one_after_the_other(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 (each part was made by a template of ours)


@lru_cache(maxsize=4_000)
def _day_words(day: date, today: date, language: str) -> dict[str, str]:
    """Return what stands above a day's rows; the same for everyone who reads in the language."""
    with override(language):
        title = relative_day(day, today, language)
        said = dates.long_day if title in (_("I dag"), _("I morgon")) else dates.day_and_month
        return {
            "title": title,
            "date": said(day, language),
            "note": day_note(day, language),
            "red": red_words(day, language),
        }


def relative_day(day: date, today: date, language: str) -> str:
    """Return "I dag", "I morgon" or the weekday with a capital letter."""
    if day == today:
        return _("I dag")
    if day == today + timedelta(days=1):
        return _("I morgon")
    weekday = dates.weekday(day, language)
    return weekday[:1].upper() + weekday[1:]


def red_words(day: date, language: str) -> str:
    """Return the words for a red day; its name only in Swedish, where the name is known."""
    name = red_day(day)
    if not name:
        return ""
    return name if language == "sv" else _("Röd dag")


def day_note(day: date, language: str) -> str:
    """Return the name of an eve, in Swedish."""
    return (eve(day) or "").lower() if language == "sv" else ""


def week_days(
    finder: Finder, page: Page, days: Sequence[Day], language: str, href: Href
) -> SafeString:
    """Return the seven days of the week view in HTML."""
    shown = (_week_day(finder, page, day, language, href) for day in days)
    return _one_after_the_other(moulded("website/_week_day.html", day) for day in shown)


def _week_day(finder: Finder, page: Page, day: Day, language: str, href: Href) -> dict[str, Any]:
    today = finder.moment.today
    weekday = dates.weekday(day.day, language)
    left = day.total - len(day.rows)
    empty = _("Förbi") if day.day < today else _("Inget den här dagen")
    return {
        "id": _day_id(day.day),
        "name": weekday[:1].upper() + weekday[1:],
        "number": str(day.day.day),
        "today": day.day == today,
        "past": monday_of(today) <= day.day < today,
        "red": red_words(day.day, language),
        "note": "" if day.rows else empty,
        "html": _one_after_the_other(day.rows),
        "more": ngettext("%(n)s till", "%(n)s till", left) % {"n": count_words(left)}
        if left
        else "",
        "more_href": href(page.query.but(view="list", day=day.day, week=None)),
    }


def week_heading(monday: date, language: str) -> str:
    """Return the week's title with its days: "Vecka 48, 23–29 november".

    No figure is parted from its month.
    """
    days = re.sub("(?<=[0-9]) ", "\u00a0", dates.week_span(monday, _sunday(monday), language))
    return _("Vecka %(n)d, %(days)s") % {"n": week_number(monday), "days": unbroken(days)}


def _sunday(monday: date) -> date:
    return monday + timedelta(days=6)


def week_links(monday: date, today: date, language: str) -> list[dict[str, str]]:
    """Return the links to the week's days further down the page; what is past needs none."""
    days = [monday + timedelta(days=n) for n in range(7)]
    if monday == monday_of(today):
        days = days[today.weekday() :]
    return [
        {
            "id": _day_id(day),
            "label": _day_label(day, language),
            "weekday": dates.short_weekday(day, language),
            "number": str(day.day),
        }
        for day in days
    ]


def _day_id(day: date) -> str:
    return f"dag-{day.isoweekday()}"


def _day_label(day: date, language: str) -> str:
    weekday = dates.weekday(day, language)
    return f"{weekday[:1].upper()}{weekday[1:]} {day.day}"


def neighbour_weeks(query: FinderQuery, today: date, href: Href) -> list[dict[str, str]]:
    """Return the links to the week before and after."""
    monday = query.week or monday_of(today)
    weeks = [monday - timedelta(days=7)] if monday > today else []
    weeks.append(monday + timedelta(days=7))
    return [
        {
            "label": _("Vecka %(n)d") % {"n": week_number(week)},
            "href": href(replace(query, week=week, after=())),
        }
        for week in weeks
    ]
