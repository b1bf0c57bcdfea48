"""Reads a page of the finder: the answer from memory, and the cards that are not in memory yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final, NamedTuple

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from halsonav.lib import dates
from halsonav.lib.punctuation import decimal, listed, quoted
from halsonav.lib.swedish_calendar import monday_of, wall_clock
from halsonav.programme.finder.clock import Moment
from halsonav.programme.finder.filling import NO_CARD, Card, Filling
from halsonav.programme.finder.following import OutdatedError, caught_up, columns
from halsonav.programme.finder.index import DAY, Columns
from halsonav.programme.finder.labels import Named, label, order_of, read_named
from halsonav.programme.finder.matching import Matched
from halsonav.programme.finder.query import FinderQuery
from halsonav.programme.finder.search import NEXT_TIMES, PAGE, Found, Search
from halsonav.programme.finder.told import phrases, readings
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps

PER_DAY: Final = 12
ALTERNATIVES: Final = 3
EPOCH: Final = date(1970, 1, 1).toordinal()


class Hit(NamedTuple):
    """A row of the list; its HTML and JSON are filled in when they are asked for.

    local: when it begins on Sweden's clocks, in minutes since 1970. activity: the activity's id.
    """

    card: Card
    filling: Filling
    language: str
    local: int
    activity: int

    @property
    def html(self) -> str:
        """Return the row as it stands in a list."""
        return self.card.html(self.filling, self.language)

    @property
    def data(self) -> str:
        """Return the row as a JSON object."""
        return self.card.data(self.filling, settings.ORIGIN)

    @property
    def day(self) -> date:
        """Return the day on Sweden's calendar."""
        return _local_day(self.local)

    @property
    def start(self) -> datetime:
        """Return when it begins, in UTC."""
        return _moment(self.filling.start)

    @property
    def occurrence(self) -> int:
        """Return the occurrence's id."""
        return self.filling.occurrence


@dataclass(frozen=True)
class Day:
    """A day of the week view: its rows' HTML, and how many there are in all."""

    day: date
    rows: list[str]
    total: int


@dataclass(frozen=True)
class Option:
    """One choice of a facet group: its label, its count, and the query that chooses it."""

    value: str
    label: str
    count: int
    chosen: bool
    query: FinderQuery
    level: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Alternative:
    """A query near one that found nothing: what was left out in words, and how many it finds.

    `left_out` is empty where everything was left out.
    """

    query: FinderQuery
    left_out: str
    total: int


@dataclass(frozen=True)
class Page:
    """A page of answers; `total` counts rows (times, or activities when a row is one)."""

    query: FinderQuery
    total: int
    hits: list[Hit]
    counts: dict[str, int]
    following: tuple[int, ...]
    matched: Matched | None = None
    alternatives: list[Alternative] = field(default_factory=list)

    @property
    def next_query(self) -> FinderQuery | None:
        """Return the next page, if there is one."""
        return replace(self.query, after=self.following) if self.following else None


def finder_state(now: datetime) -> tuple[int, ...]:
    """Return what changes when answers may change: the read model's version, and the tick."""
    return (*columns().version, Moment.of(now).tick)


class Finder:
    """The finder as it stands at a moment, for readers of a language."""

    def __init__(
        self,
        language: str,
        now: datetime | None = None,
        helps: Helps = ALL_HELPS,
        *,
        up_to_date: bool = False,
    ) -> None:
        """Take hold of the columns; `up_to_date` waits for those that follow a change just made.

        Without it, a page may raise `OutdatedError`: what it shows was changed meanwhile.
        """
        self.language = language
        self.moment = Moment.of(now or timezone.now())
        self.helps = helps
        self.up_to_date = up_to_date
        self.columns: Columns = caught_up() if up_to_date else columns()

    # What there is to choose ---------------------------------------------------------------

    @property
    def named(self) -> dict[str, Named]:
        """Return the facets that are data; read once per state of the columns."""
        return self.columns.kept.of("named", read_named)  # type: ignore[no-any-return]

    @property
    def known(self) -> dict[str, int]:
        """Return the facet keys that lead somewhere."""
        return self.columns.facet

    @property
    def state(self) -> tuple[int, ...]:
        """Return what changes when answers may change: for ETags."""
        return (*self.columns.version, self.moment.tick)

    def label(self, key: str) -> str:
        """Return the name of a facet, such as "area:annedal" or "when:today"."""
        return label(key, self.language, self.named)

    def options(self, page: Page, group: str) -> list[Option]:
        """Return the choices of a facet group that lead somewhere, in their order."""
        beginning = f"{group}:"
        values = [key[len(beginning) :] for key in page.counts if key.startswith(beginning)]
        made = [self._option(page, group, value) for value in values]
        return sorted(made, key=lambda option: self._order(group, option))

    def _option(self, page: Page, group: str, value: str) -> Option:
        key = f"{group}:{value}"
        chosen, query = _choose(page.query, group, value)
        named = self.named.get(key)
        return Option(
            value=value,
            label=self.label(key),
            count=page.counts[key],
            chosen=chosen,
            query=query,
            level=named.level if named else "",
            parent=named.parent.partition(":")[2] if named else "",
        )

    def _order(self, group: str, option: Option) -> tuple[int, str]:
        named = self.named.get(f"{group}:{option.value}")
        if named:
            return named.position, option.label.lower()
        return order_of(group)(option.value), option.label.lower()

    # What is found -----------------------------------------------------------------------

    def find(self, query: FinderQuery, size: int = PAGE, *, dated: bool = False) -> Page:
        """Return a page; when nothing fits, with the nearest queries that find something.

        `dated` says that each row tells its day, also when the rows stand in the order of time.
        """
        search = self._search(query)
        answer = search.answer(size)
        hits = self._hits(answer.found, query, dated=dated) if answer.found else []
        alternatives = [] if answer.total else self._alternatives(query)
        return Page(
            query, answer.total, hits, answer.counts, answer.next, answer.matched, alternatives
        )

    def understood(self, query: FinderQuery) -> FinderQuery:
        """Return the query with its words of place and time as choices, where that finds something.

        `told` then holds the query as it was typed.
        """
        if not query.text or query.exact:
            return query
        key = ("told", self.language)
        table = self.columns.kept.of(key, lambda: phrases(self.language, self.named, self.known))
        read = readings(query, self.language, table, self.moment.today)
        return next((one for one in read if len(self._search(one).groups())), query)

    def count(self, query: FinderQuery) -> int:
        """Return how many rows a query finds."""
        return self._search(query).counts()[0]

    def _search(self, query: FinderQuery) -> Search:
        return Search(self.columns, query, self.moment, self.language, self.helps)

    def in_week(self, query: FinderQuery) -> FinderQuery:
        """Return the week view's query with the week that it shows: the one asked for, else this.

        When nothing is left of this week, as late on a Sunday, it is the next.
        """
        monday = query.week or monday_of(self.moment.today)
        shown = replace(query, week=monday, view="week", window="")
        if query.week is None and not self.count(shown):
            following = replace(shown, week=monday + timedelta(days=7))
            return following if self.count(following) else shown
        return shown

    def week(self, query: FinderQuery) -> tuple[Page, list[Day]]:
        """Return the days of the week that is shown, each with its first rows and its total."""
        query = self.in_week(query)
        monday = query.week or monday_of(self.moment.today)
        search = self._search(query)
        total, counts = search.counts()
        rows = search.rows()
        midnights = [_first_minute(monday + timedelta(days=n)) for n in range(8)]
        begins = np.searchsorted(self.columns.local[rows], midnights).tolist()
        listed_rows = [
            rows[first : min(first + PER_DAY, after)].tolist() for first, after in pairwise(begins)
        ]
        cards = self.cards(chain(*listed_rows), "week")
        days = [
            Day(
                monday + timedelta(days=n),
                [self.card(row, cards).html(self.filling(row), self.language) for row in shown],
                begins[n + 1] - begins[n],
            )
            for n, shown in enumerate(listed_rows)
        ]
        return Page(query, total, [], counts, (), search.matched), days

    def times(self, query: FinderQuery, most: int) -> list[int]:
        """Return the occurrences of a query in order of time: for calendar feeds."""
        rows = self._search(replace(query, by="time", after=())).first_rows(most)
        return [int(self.columns.occurrence[row]) for row in rows]

    def points(self, query: FinderQuery) -> list[tuple[float, float]]:
        """Return the positions of all groups that the query finds, each once."""
        groups = self._search(query).groups()
        spots = {(lat, lon) for lat, lon in self.columns.position[groups].tolist()}
        return sorted((lat, lon) for lat, lon in spots if lat == lat)

    # Cards ---------------------------------------------------------------------------------

    def cards(self, rows: Iterable[int], column: str) -> dict[int, Card]:
        """Return the cards of the rows by group id; one query for those not in memory.

        A group keeps its cards as they are for as long as it is there: a change makes new groups.
        """
        held, language = self.columns, self.language
        ids = set(held.group_id[held.group[list(rows)]].tolist())
        found = {at: card for at in ids if (card := held.cards.get((at, language, column)))}
        missing = sorted(ids - found.keys())
        if missing:
            for at, html, data in self._read_cards(missing, column):
                found[at] = held.cards.put((at, language, column), Card(html, data))
        if len(found) < len(ids) and not self.up_to_date:
            raise OutdatedError
        return found

    def _read_cards(self, ids: list[int], column: str) -> list[tuple[int, str, str]]:
        marks = ",".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT group_id, "{column}", data FROM programme_findercard'  # noqa: S608
                f" WHERE language = %s AND group_id IN ({marks})",
                [self.language, *ids],
            )
            return list(cursor.fetchall())

    def card(self, row: int, cards: dict[int, Card]) -> Card:
        """Return a row's card."""
        return cards.get(int(self.columns.group_id[self.columns.group[row]]), NO_CARD)

    def filling(self, row: int, day: str = "", more: str = "") -> Filling:
        """Return what goes into the marks of a row's card."""
        held = self.columns
        return Filling(
            int(held.start[row]), int(held.end[row]), int(held.occurrence[row]), day, more
        )

    def _hits(self, found: Sequence[Found], query: FinderQuery, *, dated: bool) -> list[Hit]:
        in_days = query.chosen_by == "time" and query.chosen_sort == "time"
        return self.hits(found, with_day=dated or not in_days)

    def hits(self, found: Sequence[Found], *, with_day: bool) -> list[Hit]:
        """Return rows of the list; `with_day` says that each tells its day itself."""
        rows, held = [one.row for one in found], self.columns
        cards, groups = self.cards(rows, "row"), held.group[rows]
        columns = (
            held.group_id[groups], held.start[rows], held.end[rows], held.occurrence[rows],
            held.local[rows], held.activity_id[held.group_activity[groups]],
        )  # fmt: skip
        numbers = zip(found, *(column.tolist() for column in columns), strict=True)
        return [
            Hit(
                cards.get(group, NO_CARD),
                Filling(start, end, occurrence, self._day(local, with_day), self._more(one)),
                self.language,
                local,
                activity,
            )
            for one, group, start, end, occurrence, local, activity in numbers
        ]

    def _day(self, local: int, with_day: bool) -> str:
        if not with_day:
            return ""
        return _day_html(_local_day(local), self.moment.today, self.language)

    @staticmethod
    def at(minutes: int) -> datetime:
        """Return minutes since 1970 as a UTC moment."""
        return _moment(minutes)

    def _more(self, found: Found) -> str:
        """Return the HTML of what a row adds: how far it is, and the times that follow."""
        parts = []
        if found.metres is not None:
            parts.append(_distance(found.metres, self.language))
        if len(found.times) > 1:
            starts = self.columns.start[list(found.times[1:NEXT_TIMES])].tolist()
            parts.append(_then(tuple(starts), self.language))
        return "".join(f'<p class="dep-p small">{escape(part)}</p>' for part in parts)

    # Nothing fits --------------------------------------------------------------------------

    def _alternatives(self, query: FinderQuery) -> list[Alternative]:
        """Return the nearest queries with something: without the time, a place, a choice, words."""
        found: dict[FinderQuery, Alternative] = {}
        for left_out, wider in self._wider(query):
            total = self.count(wider)
            if total:
                found.setdefault(wider, Alternative(wider, left_out, total))
        return list(found.values())[:ALTERNATIVES]

    def _wider(self, query: FinderQuery) -> Iterable[tuple[str, FinderQuery]]:
        in_time = bool(query.window or query.week or query.day)
        when = self._named(f"when:{query.window}") if query.window else _("dagen")
        if in_time:
            yield when, query.but(window="", week=None, day=None)
        if query.part:
            yield self._named(f"time:{query.part}"), query.but(part="")
        for group, value in reversed(query.facets):
            yield self._named(f"{group}:{value}"), query.without_facet(group, value)
        if query.text and (query.facets or query.window or query.part or query.day):
            yield quoted(query.text, self.language), query.but(text="", exact=False, by="", sort="")
        if query.text and query.facets and in_time:
            said = listed([quoted(query.text, self.language), when], self.language)
            yield said, FinderQuery(facets=query.facets)
        if len(query.facets) + bool(query.window) + bool(query.part) > 1:
            yield _("alla filter"), FinderQuery(text=query.text, exact=query.exact)
        yield "", FinderQuery()

    def _named(self, key: str) -> str:
        return quoted(self.label(key), self.language)


@lru_cache(maxsize=4_000)
def _day_html(day: date, today: date, language: str) -> str:
    """Return "tis 24 nov" in HTML; today and tomorrow say so over it."""
    short = escape(dates.short_day(day, language))
    with override(language):
        near = {0: _("i dag"), 1: _("i morgon")}.get((day - today).days)
    return f"<span>{escape(near)}</span> {short}" if near else short


@lru_cache(maxsize=20_000)
def _then(starts: tuple[int, ...], language: str) -> str:
    """Return "Sedan: tis 24 nov kl. 10.00, …" of minutes since 1970 UTC."""
    with override(language):
        times = [
            _("%(day)s kl. %(clock)s")
            % {
                "day": dates.short_day(local.date(), language),
                "clock": dates.clock(local, language),
            }
            for local in (wall_clock(_moment(start)) for start in starts)
        ]
        return _("Sedan: %(times)s") % {"times": listed(times, language)}


def _choose(query: FinderQuery, group: str, value: str) -> tuple[bool, FinderQuery]:
    """Return whether a choice is made, and the query that turns it."""
    if group in ("when", "time"):
        name = "window" if group == "when" else "part"
        chosen = getattr(query, name) == value
        cleared = {"week": None, "day": None} if group == "when" else {}
        return chosen, query.but(**{name: "" if chosen else value}, **cleared)
    if query.has(group, value):
        return True, query.without_facet(group, value)
    return False, query.with_facet(group, value)


def _moment(minutes: int) -> datetime:
    return datetime.fromtimestamp(minutes * 60, UTC)


def _local_day(local: int) -> date:
    return date.fromordinal(EPOCH + local // DAY)


def _first_minute(day: date) -> int:
    """Return the minute on Sweden's clocks with which the day begins."""
    return (day.toordinal() - EPOCH) * DAY


def _distance(metres: int, language: str) -> str:
    if metres < 950:
        return _("Ungefär %(metres)d meter bort") % {"metres": max(50, round(metres, -1))}
    places = 1 if metres < 9_950 else 0
    return _("Ungefär %(km)s km bort") % {"km": decimal(metres / 1000, places, language)}
