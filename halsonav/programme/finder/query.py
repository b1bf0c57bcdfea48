"""What is looked for: read from an address, written back to an address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from halsonav.lib.text import clean
from halsonav.programme.finder import refusals

LONGEST_TEXT: Final = 120
WINDOWS: Final = ("today", "tomorrow", "weekend", "week", "next-week")
PARTS: Final = ("day", "evening")
VIEWS: Final = ("list", "week", "map")
SORTS: Final = ("time", "near", "fit")
BY: Final = ("time", "activity")
FACET_GROUPS: Final = (
    "centre",
    "area",
    "want",
    "theme",
    "kind",
    "dimension",
    "group",
    "age",
    "language",
    "level",
    "access",
    "join",
)
SEVERAL: Final = frozenset(("access",))
_SLUG = re.compile(r"^[a-z0-9_-]{1,80}$")
_WEEK = re.compile(r"^(\d{4})-W(\d{2})$")
_NEAR = re.compile(r"^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)$")
_CURSOR = re.compile(r"^-?\d{1,15}(\.-?\d{1,15}){1,3}$")

Facet = tuple[str, str]


@dataclass(frozen=True)
class FinderQuery:
    """One state of the find page; equal queries have equal addresses.

    text: typed words. facets: chosen (group, value) pairs. window, part, day: when. week: Monday of
    the week shown. near: (lat, lon) or None. place: the typed post code or place that gave `near`.
    after: where the page begins. exact: no help with the words. told: the query as it
    was typed, where words of it were read as choices. heard: those words, each with what it chose.
    """

    text: str = ""
    facets: tuple[Facet, ...] = ()
    window: str = ""
    part: str = ""
    week: date | None = None
    day: date | None = None
    near: tuple[float, float] | None = None
    place: str = ""
    view: str = "list"
    sort: str = ""
    by: str = ""
    after: tuple[int, ...] = ()
    exact: bool = False
    told: "FinderQuery | None" = field(default=None, compare=False, repr=False)
    heard: "tuple[tuple[str, FinderQuery], ...]" = field(default=(), compare=False, repr=False)

    @property
    def chosen_sort(self) -> str:
        """Return how the list is sorted: by fit when words are typed, by nearness with a place."""
        if self.sort == "near" and not self.near:
            return "time"
        return self.sort or ("near" if self.near else "fit" if self.text else "time")

    @property
    def chosen_by(self) -> str:
        """Return what a row is: a time, or an activity when words are typed."""
        if self.view != "list":
            return "time"
        return self.by or ("activity" if self.text else "time")

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text or self.facets or self.window or self.part or self.day)

    def value(self, group: str) -> str:
        """Return the first chosen value of a facet group, or nothing."""
        return next((value for name, value in self.facets if name == group), "")

    def has(self, group: str, value: str) -> bool:
        """Whether the facet is chosen."""
        return (group, value) in self.facets

    def with_facet(self, group: str, value: str) -> "FinderQuery":
        """Return the query with a facet chosen, in place of others of its group."""
        kept = [pair for pair in self.facets if pair[0] != group or group in SEVERAL]
        return replace(self, facets=_sorted_facets([*kept, (group, value)]), after=())

    def without_facet(self, group: str, value: str) -> "FinderQuery":
        """Return the query without a facet."""
        kept = [pair for pair in self.facets if pair != (group, value)]
        return replace(self, facets=tuple(kept), after=())

    def but(self, **changes: Any) -> "FinderQuery":
        """Return the query with changes, from its first page."""
        return replace(self, **({"after": ()} | changes))

    def params(self) -> list[tuple[str, str]]:
        """Return the query as address parameters, in a fixed order."""
        pairs = [
            ("q", self.text),
            ("when", self.window),
            ("time", self.part),
            ("week", f"{self.week:%G-W%V}" if self.week else ""),
            ("day", self.day.isoformat() if self.day else ""),
            *self.facets,
            ("place", self.place),
            ("near", "" if self.place or not self.near else f"{self.near[0]},{self.near[1]}"),
            ("view", self.view if self.view != "list" else ""),
            ("by", self.by),
            ("sort", self.sort),
            ("exact", "1" if self.exact else ""),
            ("after", ".".join(map(str, self.after))),
        ]
        return [(name, value) for name, value in pairs if value]

    def address(self) -> str:
        """Return the query string with its question mark, or nothing."""
        params = self.params()
        return f"?{urlencode(params)}" if params else "?"


def _sorted_facets(pairs: Iterable[Facet]) -> tuple[Facet, ...]:
    return tuple(sorted(set(pairs), key=lambda pair: (FACET_GROUPS.index(pair[0]), pair[1])))


def read_query(
    params: Mapping[str, list[str]], known: Mapping[str, Any]
) -> tuple[FinderQuery, list[str]]:
    """Return the query that an address asks for, and sentences on what could not be understood.

    `known` holds the facet keys ("area:annedal") that lead somewhere. What is wrong is left out.
    """
    reader = _Reader(params, known)
    query = FinderQuery(
        text=reader.text(),
        facets=reader.facets(),
        window=reader.one_of("when", WINDOWS),
        part=reader.one_of("time", PARTS),
        week=reader.week(),
        day=reader.day(),
        near=reader.near(),
        place=clean(reader.first("place"), 60),
        view=reader.one_of("view", VIEWS) or "list",
        sort=reader.one_of("sort", SORTS),
        by=reader.one_of("by", BY),
        after=reader.after(),
        exact=reader.first("exact") == "1",
    )
    return query, reader.sentences()


class _Reader:
    """Reads the parameters one by one and remembers what was wrong."""

    def __init__(self, params: Mapping[str, list[str]], known: Mapping[str, Any]) -> None:
        self.params = params
        self.known = known
        self.problems: list[str] = []
        self.unknown: list[str] = []

    def sentences(self) -> list[str]:
        """Return what was wrong: all choices that do not exist in one sentence, then the rest."""
        return [*refusals.of_choices(self.unknown), *dict.fromkeys(self.problems)]

    def first(self, name: str) -> str:
        return (self.params.get(name) or [""])[0].strip()

    def text(self) -> str:
        raw = self.first("q")
        if len(raw) > LONGEST_TEXT:
            self.problems.append(_("Det blev för många ord. Vi sökte på de första."))
        return clean(raw, LONGEST_TEXT)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        value = self.first(name)
        if not value or value in allowed:
            return value
        self.unknown.append(name)
        return ""

    def facets(self) -> tuple[Facet, ...]:
        pairs = []
        for group in FACET_GROUPS:
            values = [value for value in self.params.get(group, ()) if value]
            for value in values[: 8 if group in SEVERAL else 1]:
                if _SLUG.match(value) and f"{group}:{value}" in self.known:
                    pairs.append((group, value))
                else:
                    self.unknown.append(group)
        return _sorted_facets(pairs)

    def week(self) -> date | None:
        raw = self.first("week")
        if not raw:
            return None
        found = _WEEK.match(raw)
        try:
            year, number = (int(part) for part in found.groups()) if found else (0, 0)
            if not 2000 <= year <= 2200:
                raise ValueError(raw)
            return date.fromisocalendar(year, number, 1)
        except ValueError:
            is_shown = self.first("view") == "week"
            self.problems.append(refusals.of_week(raw, is_shown=is_shown))
            return None

    def day(self) -> date | None:
        raw = self.first("day")
        if not raw:
            return None
        try:
            found = date.fromisoformat(raw[:10])
            if not 2000 <= found.year <= 2200:
                raise ValueError(raw)
        except ValueError:
            self.problems.append(refusals.of_day())
            return None
        return found

    def near(self) -> tuple[float, float] | None:
        raw = self.first("near")
        if not raw:
            return None
        found = _NEAR.match(raw)
        if found:
            lat, lon = (round(float(part), 3) for part in found.groups())
            if abs(lat) <= 90 and abs(lon) <= 180:
                return lat, lon
        self.problems.append(_("Vi kunde inte läsa din plats. Skriv ett postnummer i stället."))
        return None

    def after(self) -> tuple[int, ...]:
        raw = self.first("after")
        if not raw:
            return ()
        if _CURSOR.match(raw):
            return tuple(int(part) for part in raw.split("."))
        self.problems.append(_("Adressen till sidan är fel. Vi visar från början."))
        return ()
