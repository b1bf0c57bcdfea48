"""Answers a query from the columns in memory: which rows, how many, and how many of each facet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from halsonav.places.nearness import distance_metres
from halsonav.programme.finder.clock import Moment, window_minutes
from halsonav.programme.finder.index import DAY, Bools, Columns, Ints
from halsonav.programme.finder.matching import Matched, match
from halsonav.programme.finder.query import PARTS, SEVERAL, WINDOWS, FinderQuery
from halsonav.programme.finder.vocabulary import ALL_HELPS, Helps

PAGE: Final = 20
NEXT_TIMES: Final = 3
EVENING: Final = 17 * 60
CHUNK: Final = 4096
KEPT_AT_MOST: Final = 4_000
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
        key = ("match", self.query.text.lower(), language, helps)
        kept = self.columns.kept
        if key not in kept:
            _make_room(kept)
            kept[key] = match(self.columns, self.query.text, language, helps)
        return kept[key]  # type: ignore[no-any-return]

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

    def _rows(self, window: str, part: str) -> tuple[slice, Bools | None]:
        """Return the slice of rows of a window, and which of them count (None: all)."""
        first, last = self._span(window)
        begins_now = first <= self.moment.tick
        low = self.moment.tick - self.columns.longest if begins_now else first
        rows = self.columns.slice_between(max(low, 0), last)
        mask = self.columns.end[rows] > self.moment.tick if begins_now else None
        if part:
            late = self.columns.local[rows] % DAY >= EVENING
            wanted = late if part == "evening" else ~late
            mask = wanted if mask is None else mask & wanted
        return rows, mask

    def _span(self, window: str) -> tuple[int, int]:
        """Return the minutes of the query's own days, or of another window to be counted."""
        if window == self.query.window:
            return window_minutes(window, self.moment, self.query.week, self.query.day)
        return window_minutes(window, self.moment)

    def _groups_of_rows(self, window: str, part: str) -> Ints:
        """Return the group of each row of a window."""
        rows, mask = self._rows(window, part)
        groups = self.columns.group[rows]
        return groups if mask is None else groups[mask]

    # How many --------------------------------------------------------------------------------

    def counts(self) -> tuple[int, dict[str, int]]:
        """Return the total and the count of every facet that leads somewhere (kept a while)."""
        key = ("counts", self.moment, replace(self.query, after=(), view="list", sort="",
               by=self.query.chosen_by), self.matched and self.matched.language)  # fmt: skip
        kept = self.columns.kept
        if key not in kept:
            _make_room(kept)
            kept[key] = self._counted()
        return kept[key]  # type: ignore[no-any-return]

    def _counted(self) -> tuple[int, dict[str, int]]:
        here = self._groups_of_rows(self.query.window, self.query.part)
        often = np.bincount(here, minlength=len(self.columns.group_id))
        fit = self._groups()
        counts = self._facet_counts(np.where(fit, often, 0))
        chosen = {name for name, _ in self.query.facets if name not in SEVERAL}
        for name in chosen:
            around = self._facet_counts(np.where(self._groups(without=name), often, 0))
            counts = _with_group(counts, around, name)
        for window in WINDOWS:
            counts[f"when:{window}"] = self._size(fit, window, self.query.part)
        for part in PARTS:
            counts[f"time:{part}"] = self._size(fit, self.query.window, part)
        total = self._total(np.where(fit, often, 0))
        return total, {key: count for key, count in counts.items() if count}

    def _facet_counts(self, often: Ints) -> dict[str, int]:
        """Return how many rows each facet has, from how often each group occurs."""
        columns = self.columns
        if self.query.chosen_by == "time":
            sums = often @ columns.marks
        else:
            sums = self._activities_per_facet(often > 0)
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

    def _size(self, fit: Bools, window: str, part: str) -> int:
        here = self._groups_of_rows(window, part)
        here = here[fit[here]]
        if self.query.chosen_by == "time":
            return len(here)
        return len(np.unique(self.columns.group_activity[here]))

    # Which rows on this page -----------------------------------------------------------------

    def page(self, size: int = PAGE) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        """Return the page's rows and where the next begins."""
        if self.query.chosen_by == "activity":
            return self._page_of_activities(size)
        if self.query.chosen_sort == "time":
            return self._page_by_time(size)
        return self._page_by_key(size)

    def rows_in_window(self, most: int) -> list[int]:
        """Return all rows of the query in order of time, at most so many."""
        return list(self._fitting_rows(0, most))

    def _fitting_rows(self, start_at: int, most: int) -> Iterable[int]:
        """Yield row numbers in order of time, looked for piece by piece."""
        fit = self._groups()
        rows, mask = self._rows(self.query.window, self.query.part)
        given = 0
        for low in range(max(rows.start, start_at), rows.stop, CHUNK):
            high = min(low + CHUNK, rows.stop)
            good = fit[self.columns.group[low:high]]
            if mask is not None:
                good = good & mask[low - rows.start : high - rows.start]
            for at in np.flatnonzero(good):
                yield low + int(at)
                given += 1
                if given >= most:
                    return

    def _all_rows(self) -> Ints:
        """Return every row of the query in order of time, at once."""
        rows, mask = self._rows(self.query.window, self.query.part)
        good = self._groups()[self.columns.group[rows]]
        if mask is not None:
            good = good & mask
        return np.flatnonzero(good) + int(rows.start)

    def _page_by_time(self, size: int) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        rows = list(self._fitting_rows(self._after_time(), size + 1))
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
        rows = self._all_rows()
        keys = np.column_stack(
            (self._rank(self.columns.group[rows]), self.columns.start[rows], rows)
        )
        return self._cut(
            keys, size, lambda key: Found(int(key[2]), metres=self._metres(int(key[2])))
        )

    def _page_of_activities(self, size: int) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        """Return a page of activities, each with its next times."""
        rows = self._all_rows()
        activity = self.columns.group_activity[self.columns.group[rows]]
        first_rows = self._first_of_each(rows, activity)
        keys = np.column_stack(
            (
                self._rank(self.columns.group[first_rows]),
                self.columns.start[first_rows],
                first_rows,
            )
        )

        def made(key: Ints) -> Found:
            row = int(key[2])
            own = self.columns.group_activity[self.columns.group[row]]
            times = rows[activity == own][:NEXT_TIMES]
            return Found(row, tuple(map(int, times)), self._metres(row))

        return self._cut(keys, size, made)

    def _first_of_each(self, rows: Ints, activity: Ints) -> Ints:
        """Return the earliest row of each activity: written backwards, the first one stays."""
        first = np.full(len(self.columns.activity_id), -1, dtype=np.int64)
        first[activity[::-1]] = rows[::-1]
        return first[first >= 0]

    def _rank(self, groups: Ints) -> Ints:
        """Return a number per group, the smaller the further up."""
        if self.query.chosen_sort == "near":
            return self._distances()[groups]
        if self.query.chosen_sort == "fit" and self.matched is not None:
            scores = self.matched.scores[self.columns.group_activity[groups]]
            return -np.rint(scores * 100).astype(np.int64)
        return np.zeros(len(groups), dtype=np.int64)

    def _cut(
        self, keys: Ints, size: int, made: Callable[[Ints], Found]
    ) -> tuple[tuple[Found, ...], tuple[int, ...]]:
        """Sort the keys (rank, start, row), begin at the cursor and cut a page."""
        keys = keys[np.lexsort((keys[:, 2], keys[:, 1], keys[:, 0]))]
        if len(self.query.after) == 3:
            rank, start, occurrence = self.query.after
            own = self.columns.occurrence[keys[:, 2]]
            later = (keys[:, 0] > rank) | (
                (keys[:, 0] == rank)
                & ((keys[:, 1] > start) | ((keys[:, 1] == start) & (own >= occurrence)))
            )
            keys = keys[later]
        following: tuple[int, ...] = ()
        if len(keys) > size:
            rank, start, row = (int(part) for part in keys[size])
            following = (rank, start, int(self.columns.occurrence[row]))
        return tuple(made(key) for key in keys[:size]), following

    def _distances(self) -> Ints:
        """Return metres per group from the query's place; groups without a place come last."""
        near = self.query.near or (0.0, 0.0)
        lat, lon = self.columns.position[:, 0], self.columns.position[:, 1]
        metres: NDArray[np.float64] = np.asarray(distance_metres(near[0], near[1], lat, lon))
        return np.where(np.isnan(metres), UNPLACED, np.rint(metres)).astype(np.int64)

    def _metres(self, row: int) -> int | None:
        if not self.query.near:
            return None
        metres = int(self._distances()[self.columns.group[row]])
        return metres if metres < UNPLACED else None

    def answer(self, size: int = PAGE) -> Answer:
        """Return the page with its total and counts."""
        total, counts = self.counts()
        found, following = self.page(size) if total else ((), ())
        return Answer(total, found, counts, following, self.matched, self.columns)

    def total(self) -> int:
        """Return how many rows the query has, nothing else."""
        fit = self._groups()
        return self._size(fit, self.query.window, self.query.part)


def _with_group(counts: dict[str, int], around: dict[str, int], name: str) -> dict[str, int]:
    """Take the counts of one facet group from those where it is not chosen."""
    beginning = f"{name}:"
    return {key: around[key] if key.startswith(beginning) else n for key, n in counts.items()}


def _make_room(kept: dict[object, object]) -> None:
    if len(kept) > KEPT_AT_MOST:
        kept.clear()
