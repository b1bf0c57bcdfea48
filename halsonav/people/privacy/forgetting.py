"""What is due to be forgotten by the register's rules, and whether it may go without a person."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from halsonav.lib.swedish_calendar import wall_clock
from halsonav.people.models import ForgettingRun, ForgettingState, Hold
from halsonav.people.privacy import register
from halsonav.people.privacy.register import Entry
from halsonav.people.privacy.retention import Rule

MANY: Final = 200
"""So many at once are looked at, when they are more than usual."""
TIMES_USUAL: Final = 3
FEW: Final = 20
"""So few are never a mass, whatever share they are."""
LARGEST_SHARE: Final = 0.5
LOOKED_BACK: Final = 30
"""How many runs tell what is usual."""


@dataclass(frozen=True)
class Due:
    """What a rule would forget at a moment, and why it would wait ("" for not at all)."""

    entry: Entry
    rule: Rule
    as_of: datetime
    counted: int
    total: int
    first_day: date | None
    last_day: date | None
    hold: str

    @property
    def rows(self) -> "QuerySet[Any]":
        """Return the rows themselves."""
        return self.rule.due(self.entry.model_class, self.as_of)

    @property
    def ids_hash(self) -> str:
        """Return the sum over their ids."""
        return ids_hash(self.rows)


def rules() -> Iterator[tuple[Entry, Rule]]:
    """Yield each entry that has a rule, with it."""
    for entry in register.entries():
        if entry.rule:
            yield entry, entry.rule


def rule_named(name: str) -> tuple[Entry, Rule] | None:
    """Return the rule with the name and its entry, or None when no entry has it any more."""
    return next(((entry, rule) for entry, rule in rules() if rule.name == name), None)


def preview(now: datetime | None = None, *, doubt: str = "") -> list[Due]:
    """Return what would be forgotten now, rule by rule, those with nothing left out."""
    moment = now or timezone.now()
    found = (due(entry, rule, moment, doubt=doubt) for entry, rule in rules())
    return [one for one in found if one.counted]


def due(entry: Entry, rule: Rule, now: datetime, *, doubt: str = "") -> Due:
    """Return what one rule would forget."""
    model = entry.model_class
    rows = rule.due(model, now)
    first, last = rows.order_by().aggregate(a=Min(rule.since), b=Max(rule.since)).values()
    counted, total = rows.count(), model._default_manager.count()
    return Due(
        entry=entry,
        rule=rule,
        as_of=now,
        counted=counted,
        total=total,
        first_day=_day(first),
        last_day=_day(last),
        hold=_hold(rule, counted, total, doubt),
    )


def _day(found: date | datetime | None) -> date | None:
    return wall_clock(found).date() if isinstance(found, datetime) else found


def _hold(rule: Rule, counted: int, total: int, doubt: str) -> str:
    if doubt:
        return Hold.CLOCK
    if rule.second_person:
        return Hold.SECOND
    return Hold.SUDDEN if rule.guarded and is_sudden(counted, total, usual(rule)) else Hold.NONE


def usual(rule: Rule) -> int:
    """Return the most that the rule has forgotten at once lately."""
    done = ForgettingRun.objects.filter(rule=rule.name, state=ForgettingState.DONE)
    return max(done.order_by("-at").values_list("counted", flat=True)[:LOOKED_BACK], default=0)


def is_sudden(counted: int, total: int, usually: int) -> bool:
    """Say whether so much would go that a person should look first."""
    if counted <= max(FEW, usually):
        return False
    return counted > max(MANY, TIMES_USUAL * usually) or counted > LARGEST_SHARE * total


def ids_hash(rows: "QuerySet[Any]") -> str:
    """Return a keyed sum over the ids of some rows, in order: nobody can guess them from it."""
    digest = hashlib.sha256()
    for pk in rows.order_by("pk").values_list("pk", flat=True).iterator():
        digest.update(f"{pk}\n".encode())
    summed = salted_hmac("halsonav.people.forgetting", digest.hexdigest(), algorithm="sha256")
    return summed.hexdigest()
