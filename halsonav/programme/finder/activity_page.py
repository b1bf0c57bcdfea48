"""Reads an activity's own page: the ready parts, its times, and what is like it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final

import numpy as np

from halsonav.programme.finder.filling import Card
from halsonav.programme.finder.following import OutdatedError
from halsonav.programme.finder.index import Columns
from halsonav.programme.finder.reading import Finder, Hit
from halsonav.programme.finder.search import Found
from halsonav.programme.models import FinderPage

TIMES: Final = 8
MOST_TIMES: Final = 200
LIKE_IT: Final = 3
NEAREST: Final = 60


@dataclass(frozen=True)
class Time:
    """One coming occurrence; `status` and what belongs to it are ready words."""

    occurrence: int
    start: datetime
    end: datetime
    said: Mapping[str, Any]

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody should come."""
        return self.said.get("status") == "cancelled"

    @property
    def place(self) -> str:
        """Return the slug of the venue where it is held."""
        slug: str = self.said.get("place", "")
        return slug


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

    def place_of(self, time: Time | None) -> dict[str, Any]:
        """Return what is said of where a time is held; without a time, of the activity's own."""
        home: str = self.parts["venue"]
        places: dict[str, dict[str, Any]] = self.parts["places"]
        return places.get(time.place if time else home, places[home])

    def time_of(self, occurrence: int) -> Time | None:
        """Return a coming time by its occurrence."""
        return next((time for time in self.times if time.occurrence == occurrence), None)


def read_activity(
    finder: Finder, slug: str, occurrence: int = 0, *, all_times: bool = False
) -> ActivityPage | None:
    """Return the page of an activity that the public sees, or None (three queries at most).

    An `occurrence` that is to come is among the times, however far away it is. `all_times` gives
    200 of them in place of the next eight.
    """
    found = _page_of(finder, slug)
    if found is None:
        return None
    activity_id, parts = found
    rows = _coming_rows(finder, activity_id)
    shown = _shown(finder, rows, occurrence, MOST_TIMES if all_times else TIMES)
    like_it = _rows_like(finder, activity_id)
    cards = finder.cards([*shown, *like_it], "row")
    times = [_time(finder, row, cards) for row in shown]
    if not finder.up_to_date and any(time.place not in parts["places"] for time in times):
        raise OutdatedError
    return ActivityPage(
        slug=slug,
        parts=parts,
        times=times,
        total=len(rows),
        like_it=finder.hits([Found(row) for row in like_it], with_day=True),
    )


def _page_of(finder: Finder, slug: str) -> tuple[int, dict[str, Any]] | None:
    """Return the activity and its page's parts; those read lately are in memory."""
    kept = finder.columns.pages
    found: tuple[int, dict[str, Any]] | None = kept.get((slug, finder.language))
    if found is None:
        row = (
            FinderPage.objects.filter(slug=slug, language=finder.language)
            .values_list("activity_id", "parts")
            .first()
        )
        if row is None:
            return None
        found = row[0], json.loads(row[1])
        if not _is_known(finder, row[0]):
            return found
        kept.put((slug, finder.language), found)
    return found


def _is_known(finder: Finder, activity_id: int) -> bool:
    """Whether the columns have the activity; one just published waits for those that have it."""
    known = bool(len(finder.columns.groups_of_activity(activity_id)))
    if not known and not finder.up_to_date:
        raise OutdatedError
    return known


def _coming_rows(finder: Finder, activity_id: int) -> list[int]:
    held = finder.columns
    rows = held.rows_of(held.groups_of_activity(activity_id))
    return rows[held.end[rows] > finder.moment.tick].tolist()  # type: ignore[no-any-return]


def _shown(finder: Finder, rows: list[int], occurrence: int, most: int) -> list[int]:
    """Return the next rows, begun with the one asked for when it lies further away."""
    first = rows[:most]
    asked = [row for row in rows[most:] if finder.columns.occurrence[row] == occurrence]
    return first + asked


def _time(finder: Finder, row: int, cards: dict[int, Card]) -> Time:
    filling = finder.filling(row)
    return Time(
        occurrence=filling.occurrence,
        start=finder.at(filling.start),
        end=finder.at(filling.end),
        said=finder.card(row, cards).facts,
    )


def _rows_like(finder: Finder, activity_id: int) -> list[int]:
    """Return the next time of the activities that share most with this one."""
    held = finder.columns
    own = held.groups_of_activity(activity_id)
    if not len(own):
        return []
    alike = held.kept.of(("alike", activity_id), lambda: _alike(held, int(own[0])))
    coming = (_first_row(finder, activity) for activity in alike)
    return list(islice((row for row in coming if row is not None), LIKE_IT))


def _alike(held: Columns, group: int) -> list[int]:
    """Return the positions of the activities that share most with a group's, the nearest first."""
    shared = (held.marks & held.marks[group]) @ _worth(held)
    near = held.group_activity[np.argsort(-shared, kind="stable")[:NEAREST]].tolist()
    own = int(held.group_activity[group])
    return [activity for activity in dict.fromkeys(near) if activity != own]


def _worth(held: Columns) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return how much it says that two activities share each facet."""
    worth = {"theme": 3.0, "want": 1.0, "group": 1.0, "dimension": 0.5, "area": 1.5}
    per_facet = [worth.get(key.partition(":")[0], 0.0) for key in held.facet]
    return np.array(per_facet, dtype=np.float32)


def _first_row(finder: Finder, activity: int) -> int | None:
    held = finder.columns
    rows = held.rows_of(held.groups_of(activity, activity + 1))
    at = int(np.searchsorted(held.start[rows], finder.moment.tick))
    return int(rows[at]) if at < len(rows) else None
