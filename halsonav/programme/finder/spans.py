"""Stretches of time: what is still to come in one, the same for every query that asks for it.

How often each group occurs in a stretch, and when first, is worked out once and kept; a query then
needs to look at groups alone, which are far fewer than their times.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from halsonav.programme.finder.clock import Moment
from halsonav.programme.finder.index import DAY, Bools, Columns, Ints

EVENING: Final = 17 * 60


@dataclass(frozen=True)
class Span:
    """The rows that begin in [first, last), are not over, and lie in a part of the day (or all).

    rows: where they lie in the columns (others may lie between). often: rows per group. earliest:
    each group's first row, -1 without one.
    """

    columns: Columns
    tick: int
    part: str
    rows: slice
    often: Ints
    earliest: Ints

    def has(self, rows: Ints) -> Bools:
        """Return which of these rows belong to the span."""
        inside: Bools = (rows >= self.rows.start) & (rows < self.rows.stop)
        inside &= _counts(self.columns, rows, self.tick, self.part)
        return inside


def span(columns: Columns, moment: Moment, days: tuple[int, int], part: str) -> Span:
    """Return the span of [first, last) in minutes since 1970 UTC; kept with the columns."""
    key = (moment.tick, days, part)
    found: Span = columns.spans.of(key, lambda: _made(columns, moment.tick, days, part))
    return found


def _made(columns: Columns, tick: int, days: tuple[int, int], part: str) -> Span:
    first, last = days
    low = tick - columns.longest if first <= tick else first  # what goes on has begun already
    lying = columns.slice_between(max(low, 0), last)
    rows = np.arange(lying.start, lying.stop)
    rows = rows[_counts(columns, rows, tick, part)]
    groups = columns.group[rows]
    earliest = np.full(len(columns.group_id), -1, dtype=np.int64)
    earliest[groups[::-1]] = rows[::-1]  # written backwards, the first one stays
    often = np.bincount(groups, minlength=len(columns.group_id))
    return Span(columns, tick, part, lying, often, earliest)


def _counts(columns: Columns, rows: Ints, tick: int, part: str) -> Bools:
    """Return which rows are not over, and lie in the part of the day."""
    coming: Bools = columns.end[rows] > tick
    if not part:
        return coming
    late = columns.local[rows] % DAY >= EVENING
    return coming & (late if part == "evening" else ~late)
