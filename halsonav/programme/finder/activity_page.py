"""Reads an activity's own page: the ready parts, its times, and what is like it."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np

from halsonav.programme.finder.cards import Filled
from halsonav.programme.finder.reading import Finder, Hit
from halsonav.programme.finder.search import Found
from halsonav.programme.models import FinderPage

TIMES: Final = 8
LIKE_IT: Final = 3


@dataclass(frozen=True)
class Time:
    """One coming occurrence; `status` and what belongs to it are ready words."""

    occurrence: int
    start: datetime
    end: datetime
    said: dict[str, Any]

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody should come."""
        return self.said.get("status") == "cancelled"


@dataclass(frozen=True)
class ActivityPage:
    """An activity as its page shows it: `parts` as `pages.make_pages` made them."""

    slug: str
    parts: dict[str, Any]
    times: list[Time]
    total: int
    like_it: list[Hit] = field(default_factory=list)

    @property
    def next_time(self) -> Time | None:
        """Return the first coming time, cancelled or not."""
        return self.times[0] if self.times else None

    def time_of(self, occurrence: int) -> Time | None:
        """Return a coming time by its occurrence."""
        return next((time for time in self.times if time.occurrence == occurrence), None)


def read_activity(finder: Finder, slug: str, occurrence: int = 0) -> ActivityPage | None:
    """Return the page of an activity that the public sees, or None (three queries at most).

    An `occurrence` that is to come is among the times, however far away it is.
    """
    found = (
        FinderPage.objects.filter(slug=slug, language=finder.language)
        .values_list("activity_id", "parts")
        .first()
    )
    if found is None:
        return None
    activity_id, parts = found
    rows = _coming_rows(finder, activity_id)
    shown = _shown(finder, rows, occurrence)
    like_it = _rows_like(finder, activity_id)
    cards = finder.cards([*shown, *like_it], "row")
    return ActivityPage(
        slug=slug,
        parts=json.loads(parts),
        times=[_time(finder, row, cards) for row in shown],
        total=len(rows),
        like_it=[finder.hit(Found(row), cards, with_day=True) for row in like_it],
    )


def _coming_rows(finder: Finder, activity_id: int) -> list[int]:
    held = finder.columns
    at = np.searchsorted(held.activity_id, activity_id)
    if at >= len(held.activity_id) or held.activity_id[at] != activity_id:
        return []
    own = held.group_activity == at
    later = held.end > finder.moment.tick
    return [int(row) for row in np.flatnonzero(own[held.group] & later)]


def _shown(finder: Finder, rows: list[int], occurrence: int) -> list[int]:
    """Return the next rows, begun with the one asked for when it lies further away."""
    first = rows[:TIMES]
    asked = [row for row in rows[TIMES:] if finder.columns.occurrence[row] == occurrence]
    return first + asked


def _time(finder: Finder, row: int, cards: dict[int, tuple[str, str]]) -> Time:
    filling: Filled = finder.filling(row)
    return Time(
        occurrence=filling.occurrence,
        start=finder.at(filling.start),
        end=finder.at(filling.end),
        said=json.loads(finder.card(row, cards)[1]),
    )


def _rows_like(finder: Finder, activity_id: int) -> list[int]:
    """Return the next time of the activities that share most with this one."""
    held = finder.columns
    at = np.searchsorted(held.activity_id, activity_id)
    own = np.flatnonzero(held.group_activity == at)
    if not len(own) or at >= len(held.activity_id) or held.activity_id[at] != activity_id:
        return []
    weights = _weights(finder)
    alike = (held.marks * weights) @ held.marks[own[0]].astype(np.float32)
    best: dict[int, float] = {}
    for group in np.argsort(-alike, kind="stable")[:60]:
        activity = int(held.group_activity[group])
        if activity != at:
            best.setdefault(activity, float(alike[group]))
    rows = []
    for activity in best:
        first = _first_row(finder, activity)
        if first is not None:
            rows.append(first)
        if len(rows) == LIKE_IT:
            break
    return rows


def _weights(finder: Finder) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return how much it says that two activities share a facet; kept with the columns."""
    kept = finder.columns.kept
    if "likeness" not in kept:
        worth = {"theme": 3.0, "want": 1.0, "group": 1.0, "dimension": 0.5, "area": 1.5}
        per_facet = [worth.get(key.partition(":")[0], 0.0) for key in finder.columns.facet]
        kept["likeness"] = np.array(per_facet, dtype=np.float32)
    weights: np.ndarray[Any, np.dtype[np.float32]] = kept["likeness"]
    return weights


def _first_row(finder: Finder, activity: int) -> int | None:
    held = finder.columns
    low = int(np.searchsorted(held.start, finder.moment.tick))
    own = held.group_activity[held.group[low:]] == activity
    at = int(own.argmax()) if len(own) else 0
    return low + at if len(own) and own[at] else None
