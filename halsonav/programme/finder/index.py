"""The finder's columns in memory: what every process keeps so that a search costs no table scan.

`Columns` is never changed once made: a newer one takes its place. It holds, sorted by start, one
number per occurrence in a few NumPy arrays, and one row of facet marks per group. Which columns
a process uses, and when it follows a change, stands in `following.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from halsonav.lib.kept import Kept
from halsonav.programme.finder.vocabulary import Vocabulary, read_vocabulary
from halsonav.programme.models import FinderChange, FinderGroup, FinderRow, FinderState

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
DAY: Final = 24 * 60
FOLLOW_AT_MOST: Final = 500
KEPT_ANSWERS: Final = 4_000
KEPT_SPANS: Final = 64
KEPT_CARDS: Final = 12_000
KEPT_PAGES: Final = 600
KEPT_AROUND: Final = 500


@dataclass(frozen=True)
class Columns:
    """The read model in columns.

    Rows (sorted by start): `occurrence`, `start`, `end` (minutes since 1970 UTC), `local` (minutes
    on Sweden's clocks), `group` (position of the row's group). Groups (sorted by activity):
    `group_id`, `group_activity` (position in `activity_id`), `marks` (groups × facets), `position`
    (groups × lat, lon; NaN without one). `facet` gives the column of a facet key.

    What was worked out from them is kept beside them: `kept` (matches, counts and small things),
    `spans`, `pages` (of activities), `around` (what a page shows around its rows) and `cards`.
    """

    version: tuple[int, int]
    occurrence: Ints
    start: Ints
    end: Ints
    local: Ints
    group: Ints
    group_id: Ints
    group_activity: Ints
    marks: Bools
    position: NDArray[np.float64]
    activity_id: Ints
    facet: dict[str, int]
    longest: int
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    kept: Kept[Any, Any] = field(default_factory=lambda: Kept(KEPT_ANSWERS))
    spans: Kept[Any, Any] = field(default_factory=lambda: Kept(KEPT_SPANS))
    pages: Kept[Any, Any] = field(default_factory=lambda: Kept(KEPT_PAGES))
    around: Kept[Any, Any] = field(default_factory=lambda: Kept(KEPT_AROUND))
    cards: Kept[Any, Any] = field(default_factory=lambda: Kept(KEPT_CARDS))

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Return the marks as numbers, to be multiplied."""
        return self.marks.astype(np.float64)

    @cached_property
    def by_group(self) -> tuple[Ints, Ints]:
        """Return the rows sorted by group, and where in them each group begins (and the end)."""
        often = np.bincount(self.group, minlength=len(self.group_id))
        return np.argsort(self.group, kind="stable"), np.concatenate(([0], np.cumsum(often)))

    def rows_in(self, groups: Ints) -> int:
        """Return how many rows the groups have."""
        begins = self.by_group[1]
        return int((begins[groups + 1] - begins[groups]).sum())

    def rows_of(self, groups: Ints) -> Ints:
        """Return the rows of the groups in order of time."""
        rows, begins = self.by_group
        first, often = begins[groups], begins[groups + 1] - begins[groups]
        before = np.cumsum(often) - often
        at = np.arange(int(often.sum())) + np.repeat(first - before, often)
        return np.sort(rows[at])

    def groups_of_activity(self, activity_id: int) -> Ints:
        """Return the groups of an activity by its id; none when it is not known."""
        low, high = np.searchsorted(self.activity_id, (activity_id, activity_id + 1))
        return self.groups_of(int(low), int(high))

    def groups_of(self, first: int, after: int) -> Ints:
        """Return the groups of the activities at positions [first, after)."""
        low, high = np.searchsorted(self.group_activity, (first, after))
        return np.arange(low, high)

    def slice_between(self, first: int, last: int) -> slice:
        """Return the rows that start in [first, last), in minutes UTC."""
        low, high = np.searchsorted(self.start, (first, last))
        return slice(int(low), int(high))

    def vocabulary(self, language: str) -> Vocabulary:
        """Return the words of a language, read on first use."""
        if language not in self.vocabularies:
            self.vocabularies[language] = read_vocabulary(language, self.activity_id)
        return self.vocabularies[language]


def state_version() -> tuple[int, int]:
    """Return the version and mark of the read model; (0, 0) before anything was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, mark FROM programme_finderstate WHERE id = 1")
        found = cursor.fetchone()
    return (found[0], found[1]) if found else (0, 0)


def read_columns(known: Columns | None) -> Columns:
    """Read what changed since `known`, or everything."""
    with transaction.atomic():
        version = state_version()
        changes = _changes_since(known, version)
        if known is None or changes is None:
            return _make(version, *_read_rows(None))
        ids = [activity for activity, _ in changes]
        texts_stay = not any(texts for _, texts in changes)
        return _merge(known, version, ids, texts_stay=texts_stay)


def _changes_since(
    known: Columns | None, version: tuple[int, int]
) -> list[tuple[int, bool]] | None:
    """Return [(activity, texts changed)], or None when all must be read anew."""
    if known is None or known.version[0] > version[0]:
        return None
    if not FinderState.objects.filter(version=version[0]).exists():
        return None
    found = list(
        FinderChange.objects.filter(version__gt=known.version[0])
        .order_by("version")
        .values_list("version", "activity_id", "texts")[: FOLLOW_AT_MOST + 1]
    )
    unbroken = bool(found) and found[0][0] == known.version[0] + 1
    if not unbroken or len(found) > FOLLOW_AT_MOST or any(row[1] == 0 for row in found):
        return None
    return [(activity, texts) for _, activity, texts in found]


Rows = tuple[Ints, list[tuple[int, int, list[str], float | None, float | None]]]


def _read_rows(activity_ids: Sequence[int] | None) -> Rows:
    """Return (rows × 6 numbers, groups) of the activities, or of all."""
    rows = FinderRow.objects.all()
    groups = FinderGroup.objects.all()
    if activity_ids is not None:
        rows = rows.filter(activity_id__in=activity_ids)
        groups = groups.filter(activity_id__in=activity_ids)
    numbers = rows.values_list(
        "occurrence_id", "activity_id", "group_id", "start", "minutes", "local"
    )
    table = np.array(list(numbers), dtype=np.int64).reshape(-1, 6)
    return table, list(groups.values_list("id", "activity_id", "facets", "lat", "lon"))


def _make(
    version: tuple[int, int],
    table: Ints,
    groups: list[tuple[int, int, list[str], float | None, float | None]],
    cards: Kept[Any, Any] | None = None,
) -> Columns:
    groups = sorted(groups, key=lambda group: (group[1], group[0]))
    activity_id = np.unique(np.array([group[1] for group in groups], dtype=np.int64))
    group_id = np.array([group[0] for group in groups], dtype=np.int64)
    table = table[np.lexsort((table[:, 0], table[:, 3]))]
    facet = _facet_columns(groups)
    by_id = np.argsort(group_id)
    return Columns(
        version=version,
        occurrence=table[:, 0].copy(),
        start=table[:, 3].copy(),
        end=table[:, 3] + table[:, 4],
        local=table[:, 5].copy(),
        group=by_id[np.searchsorted(group_id, table[:, 2], sorter=by_id)]
        if len(group_id)
        else table[:, 2],
        group_id=group_id,
        group_activity=np.searchsorted(activity_id, [group[1] for group in groups]),
        marks=_marks(groups, facet),
        position=np.array([(group[3], group[4]) for group in groups], dtype=np.float64).reshape(
            -1, 2
        ),
        activity_id=activity_id,
        facet=facet,
        longest=int(table[:, 4].max()) if len(table) else 0,
        cards=Kept(KEPT_CARDS) if cards is None else cards,
    )


def _facet_columns(groups: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    keys = sorted({key for group in groups for key in group[2]})
    return {key: column for column, key in enumerate(keys)}


def _marks(groups: Sequence[tuple[Any, ...]], facet: dict[str, int]) -> Bools:
    marks = np.zeros((len(groups), len(facet)), dtype=np.bool_)
    for row, group in enumerate(groups):
        marks[row, [facet[key] for key in group[2]]] = True
    return marks


def _merge(
    known: Columns, version: tuple[int, int], changed: list[int], *, texts_stay: bool
) -> Columns:
    """Return the columns with the changed activities read anew."""
    new_rows, new_groups = _read_rows(changed)
    stays = ~np.isin(known.activity_id, changed)
    group_stays = stays[known.group_activity]
    row_stays = group_stays[known.group]
    table = np.column_stack(
        (
            known.occurrence,
            known.activity_id[known.group_activity[known.group]],
            known.group_id[known.group],
            known.start,
            known.end - known.start,
            known.local,
        )
    )[row_stays]
    names = list(known.facet)
    groups = [
        (
            int(known.group_id[at]),
            int(known.activity_id[known.group_activity[at]]),
            [names[column] for column in np.flatnonzero(known.marks[at])],
            float(known.position[at, 0]),
            float(known.position[at, 1]),
        )
        for at in np.flatnonzero(group_stays)
    ]
    made = _make(version, np.concatenate((table, new_rows)), [*groups, *new_groups], known.cards)
    if texts_stay and np.array_equal(made.activity_id, known.activity_id):
        made.vocabularies.update(known.vocabularies)
    return made
