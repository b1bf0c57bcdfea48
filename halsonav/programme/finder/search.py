"""Answers a query from the columns in memory: which rows, how many, and how many of each facet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from halsonav.places.nearness import distance_metres
from halsonav.programme.finder.clock import Moment, window_minutes
from halsonav.programme.finder.index import Bools, Columns, Ints
from halsonav.programme.finder.matching import Matched, match
from halsonav.programme.finder.query import PARTS, SEVERAL, WINDOWS, FinderQuery
from halsonav.programme.finder.spans import Span, span
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps

PAGE: Final = 20
NEXT_TIMES: Final = 3
PIECE: Final = 64
LARGEST_PIECE: Final = 8_192
FEW: Final = 8_192
NO_HELP: Final = Helps(word_forms=True, compounds=True, typos=False, editors=False)
UNPLACED: Final = 10_000_000


@dataclass(frozen=True)
class Found:
    """One row of the answer: an occurrence, and in a list of activities the times that follow."""

    row: int
    times: tuple[int, ...] = ()
    metres: int | None = None


@dataclass(frozen=True)
class Answer:
    """What a query found.

    total: rows in all (occurrences, or activities when a row is one). counts: {facet key: rows
    when it is chosen}, with when:… and time:… for the windows. next: where the next page begins.
    """

    total: int
    found: tuple[Found, ...]
    counts: dict[str, int]
    next: tuple[int, ...] = ()
    matched: Matched | None = None
    columns: Columns | None = field(default=None, repr=False)


class Search:
    """One query against one state of the columns."""

    def __init__(
        self,
        columns: Columns,
        query: FinderQuery,
        moment: Moment,
        language: str,
        helps: Helps = ALL_HELPS,
    ) -> None:
        """Match the words at once; all else is worked out when asked for."""
        self.columns = columns
        self.query = query
        self.moment = moment
        self.matched = self._match(language, NO_HELP if query.exact else helps)
        self._by_text = (
            None if self.matched is None else self.matched.scores[columns.group_activity] > 0
        )

    def _match(self, language: str, helps: Helps) -> Matched | None:
        if not self.query.text:
            return None
        return self.columns.kept.of(  # type: ignore[no-any-return]
            ("match", self.query.text.lower(), language, helps),
            lambda: match(self.columns, self.query.text, language, helps),
        )

    # Which groups and rows -----------------------------------------------------------------

    def _groups(self, without: str = "") -> Bools:
        """Return which groups answer the words and every facet but those of one facet group."""
        columns = self.columns
        fit = np.ones(len(columns.group_id), dtype=np.bool_)
        for name, value in self.query.facets:
            if name != without:
                column = columns.facet.get(f"{name}:{value}")
                fit &= columns.marks[:, column] if column is not None else False
        if self._by_text is not None:
            fit &= self._by_text
        return fit

    def _span(self, window: str, part: str) -> Span:
        """Return the query's own days, or those of another window to be counted."""
        days = (
            window_minutes(window, self.moment, self.query.week, self.query.day)
            if window == self.query.window
            else window_minutes(window, self.moment)
        )
        return span(self.columns, self.moment, days, part)

    @cached_property
    def _own_span(self) -> Span:
        return self._span(self.query.window, self.query.part)

    @cached_property
    def fit(self) -> Bools:
        """Return which groups answer the words and every facet, whenever they are."""
        return self._groups()

    def groups(self) -> Ints:
        """Return the groups of the query's rows."""
        return np.flatnonzero(self.fit & (self._own_span.often > 0))

    def rows(self) -> Ints:
        """Return every row of the query in order of time."""
        groups, lying = self.groups(), self._own_span.rows
        if self.columns.rows_in(groups) < lying.stop - lying.start:
            rows = self.columns.rows_of(groups)
        else:
            rows = np.arange(lying.start, lying.stop)
            rows = rows[self.fit[self.columns.group[rows]]]
        return rows[self._own_span.has(rows)]

    # How many --------------------------------------------------------------------------------

    def counts(self) -> tuple[int, dict[str, int]]:
        """Return the total and the count of every facet that leads somewhere (kept a while)."""
        key = ("counts", self.moment, replace(self.query, after=(), view="list", sort="",
               by=self.query.chosen_by), self.matched and self.matched.language)  # fmt: skip
        return self.columns.kept.of(key, self._counted)  # type: ignore[no-any-return]

    def _counted(self) -> tuple[int, dict[str, int]]:
        often = self._own_span.often
        own = np.where(self.fit, often, 0)
        counts = self._facet_counts(own)
        chosen = {name for name, _ in self.query.facets if name not in SEVERAL}
        for name in chosen:
            around = self._facet_counts(np.where(self._groups(without=name), often, 0))
            counts = _with_group(counts, around, name)
        for window in WINDOWS:
            counts[f"when:{window}"] = self._size(window, self.query.part)
        for part in PARTS:
            counts[f"time:{part}"] = self._size(self.query.window, part)
        return self._total(own), {key: count for key, count in counts.items() if count}

    def _facet_counts(self, often: Ints) -> dict[str, int]:
        """Return how many rows each facet has, from how often each group occurs."""
        columns = self.columns
        sums: NDArray[Any] = (
            often @ columns.weights
            if self.query.chosen_by == "time"
            else self._activities_per_facet(often > 0)
        )
        return {key: int(sums[column]) for key, column in columns.facet.items()}

    def _activities_per_facet(self, present: Bools) -> Ints:
        groups = np.flatnonzero(present)
        if not len(groups):
            return np.zeros(len(self.columns.facet), dtype=np.int64)
        activity = self.columns.group_activity[groups]
        firsts = np.flatnonzero(np.diff(activity, prepend=-1))
        per_activity = np.logical_or.reduceat(self.columns.marks[groups], firsts, axis=0)
        return np.asarray(per_activity.sum(axis=0))

    def _total(self, often: Ints) -> int:
        if self.query.chosen_by == "time":
            return int(often.sum())
        return len(np.unique(self.columns.group_activity[often > 0]))

    def _size(self, window: str, part: str) -> int:
        return self._total(np.where(self.fit, self._span(window, part).often, 0))

    # Which rows on this page -----------------------------------------------------------------

    def page(self, size: int = PAGE) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        """Return the page's rows and where the next begins."""
        if self.query.chosen_by == "activity":
            return self._page_of_activities(size)
        if self.query.chosen_sort == "time":
            return self._page_by_time(size)
        return self._page_by_key(size)

    def first_rows(self, most: int, start_at: int = 0) -> list[int]:
        """Return the first rows of the query from `start_at` on, in order of time."""
        if self._own_span.often[self.groups()].sum() <= FEW:
            rows = self.rows()
            return rows[np.searchsorted(rows, start_at) :][:most].tolist()  # type: ignore[no-any-return]
        return list(islice(self._rows_piece_by_piece(start_at), most))

    def _rows_piece_by_piece(self, start_at: int) -> Iterable[int]:
        """Yield the rows from `start_at` on: where many fit, the first are soon found."""
        lying, piece = self._own_span.rows, PIECE
        low = max(lying.start, start_at)
        while low < lying.stop:
            rows = np.arange(low, min(low + piece, lying.stop))
            rows = rows[self.fit[self.columns.group[rows]]]
            yield from rows[self._own_span.has(rows)].tolist()
            low, piece = low + piece, min(2 * piece, LARGEST_PIECE)

    def _page_by_time(self, size: int) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        rows = self.first_rows(size + 1, self._after_time())
        following = self._time_key(rows[size]) if len(rows) > size else ()
        return tuple(Found(row) for row in rows[:size]), following

    def _time_key(self, row: int) -> tuple[int, ...]:
        return int(self.columns.start[row]), int(self.columns.occurrence[row])

    def _after_time(self) -> int:
        """Return the first row at or after the cursor (start, occurrence)."""
        if len(self.query.after) != 2:
            return 0
        start, occurrence = self.query.after
        same = self.columns.slice_between(start, start + 1)
        ids = self.columns.occurrence[same]
        first = int(same.start)
        return first + int(np.searchsorted(ids, occurrence))

    def _page_by_key(self, size: int) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        """Return a page of times sorted by nearness or fit, then by time."""
        rows, following = self._cut(self._best_rows(size), size)
        return tuple(Found(row, metres=self._metres(row)) for row in rows), following

    def _best_rows(self, size: int) -> Ints:
        """Return the rows of the best ranked groups from the cursor on, enough for a page."""
        groups = self.groups()
        rank = self._rank(groups)
        begin = self.query.after[0] if len(self.query.after) == 3 else None
        often = self._own_span.often[groups]
        passed = 0 if begin is None else int(often[rank <= begin].sum())
        by_rank = np.argsort(rank, kind="stable")
        enough = np.searchsorted(np.cumsum(often[by_rank]), passed + size + 1)
        limit = rank[by_rank[min(int(enough), len(by_rank) - 1)]]
        chosen = rank <= limit if begin is None else (rank >= begin) & (rank <= limit)
        rows = self.columns.rows_of(groups[chosen])
        return rows[self._own_span.has(rows)]

    def _page_of_activities(self, size: int) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        """Return a page of activities, each with its next times."""
        rows, following = self._cut(self._first_of_each_activity(), size)
        times = self._times_of_activities(rows)
        found = (Found(row, tuple(times[at]), self._metres(row)) for at, row in enumerate(rows))
        return tuple(found), following

    def _first_of_each_activity(self) -> Ints:
        groups = self.groups()
        earliest = self._own_span.earliest[groups]
        firsts = np.flatnonzero(np.diff(self.columns.group_activity[groups], prepend=-1))
        return np.minimum.reduceat(earliest, firsts)

    def _times_of_activities(self, firsts: Sequence[int]) -> list[list[int]]:
        """Return for each activity's first row that row and those that follow, as many as shown."""
        columns = self.columns
        own = columns.group_activity[columns.group[list(firsts)]].tolist()
        groups = np.concatenate([columns.groups_of(at, at + 1) for at in own] or [np.arange(0)])
        rows = columns.rows_of(groups[self.fit[groups]])
        rows = rows[self._own_span.has(rows)]
        times: dict[int, list[int]] = {at: [] for at in own}
        activities = columns.group_activity[columns.group[rows]]
        for row, at in zip(rows.tolist(), activities.tolist(), strict=True):
            if len(times[at]) < NEXT_TIMES:
                times[at].append(row)
        return [times[at] for at in own]

    def _rank(self, groups: Ints) -> Ints:
        """Return a number per group, the smaller the further up."""
        if self.query.chosen_sort == "near":
            return self._distances[groups]
        if self.query.chosen_sort == "fit" and self.matched is not None:
            scores = self.matched.scores[self.columns.group_activity[groups]]
            return -np.rint(scores * 100).astype(np.int64)
        return np.zeros(len(groups), dtype=np.int64)

    def _cut(self, rows: Ints, size: int) -> tuple[list[int], tuple[int, ...]]:
        """Sort the rows by rank and time, begin at the cursor and cut a page."""
        rank, start = self._rank(self.columns.group[rows]), self.columns.start[rows]
        if len(self.query.after) == 3:
            later = _from_cursor(self.query.after, rank, start, self.columns.occurrence[rows])
            rows, rank, start = rows[later], rank[later], start[later]
        by_rank = np.lexsort((rows, start, rank))
        following: tuple[int, ...] = ()
        if len(rows) > size:
            at = by_rank[size]
            following = (int(rank[at]), int(start[at]), int(self.columns.occurrence[rows[at]]))
        return rows[by_rank[:size]].tolist(), following

    @cached_property
    def _distances(self) -> Ints:
        """Return metres per group from the query's place; groups without a place come last."""
        near = self.query.near or (0.0, 0.0)
        lat, lon = self.columns.position[:, 0], self.columns.position[:, 1]
        metres: NDArray[np.float64] = np.asarray(distance_metres(near[0], near[1], lat, lon))
        return np.where(np.isnan(metres), UNPLACED, np.rint(metres)).astype(np.int64)

    def _metres(self, row: int) -> int | None:
        if not self.query.near:
            return None
        metres = int(self._distances[self.columns.group[row]])
        return metres if metres < UNPLACED else None

    def answer(self, size: int = PAGE) -> Answer:
        """Return the page with its total and counts."""
        total, counts = self.counts()
        found, following = self.page(size) if total else ((), ())
        return Answer(total, found, counts, following, self.matched, self.columns)


def _from_cursor(after: Sequence[int], rank: Ints, start: Ints, occurrence: Ints) -> Bools:
    """Return which rows stand at the cursor (rank, start, occurrence) or behind it."""
    same_start = (start > after[1]) | ((start == after[1]) & (occurrence >= after[2]))
    found: Bools = (rank > after[0]) | ((rank == after[0]) & same_start)
    return found


def _with_group(counts: dict[str, int], around: dict[str, int], name: str) -> dict[str, int]:
    """Take the counts of one facet group from those where it is not chosen."""
    beginning = f"{name}:"
    return {key: around[key] if key.startswith(beginning) else n for key, n in counts.items()}
