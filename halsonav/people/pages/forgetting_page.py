"""Forgetting as those who run the installation see it: rules in words, counts, and no content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from halsonav.people import clock_witness
from halsonav.people.models import Doubt, ForgettingRun, ForgettingState, Hold, User
from halsonav.people.privacy.forgetting import preview, rule_named
from halsonav.people.privacy.register import Entry

MOST: Final = 30


@dataclass(frozen=True)
class Row:
    """One rule's part: which things, how many, from when to when, and why it waits."""

    what: str
    until: str
    counted: int
    first_day: date | None
    last_day: date | None
    hold: str = ""
    id: int = 0
    at: datetime | None = None
    state: str = ""
    needs_another: bool = False
    said_by_you: bool = False


@dataclass(frozen=True)
class ForgettingPage:
    """What the page shows. `now` is the time that the system goes by."""

    now: datetime
    doubt: str
    tonight: list[Row]
    waiting: list[Row]
    gone: list[Row]


def forgetting_page(user: User) -> ForgettingPage:
    """Return it for somebody who runs the installation."""
    doubt = clock_witness.current_doubt()
    runs = ForgettingRun.objects.visible_to(user)
    past = runs.exclude(state=ForgettingState.WAITING).order_by("-at")[:MOST]
    return ForgettingPage(
        now=timezone.localtime(),
        doubt=str(Doubt(doubt).label),
        tonight=list(_tonight(doubt)),
        waiting=[_row(run, user) for run in _sorted(runs.waiting())],
        gone=[_row(run, user) for run in past],
    )


def _sorted(runs: "QuerySet[ForgettingRun]") -> "QuerySet[ForgettingRun]":
    return runs.order_by("at")


def _tonight(doubt: str) -> Iterable[Row]:
    for one in preview(doubt=doubt):
        yield Row(
            what=_things(one.entry),
            until=str(one.entry.until),
            counted=one.counted,
            first_day=one.first_day,
            last_day=one.last_day,
            hold=str(Hold(one.hold).label),
        )


def _row(run: ForgettingRun, user: User) -> Row:
    found = rule_named(run.rule)
    return Row(
        what=_things(found[0]) if found else run.rule,
        until=str(found[0].until) if found else "",
        counted=run.counted,
        first_day=run.first_day,
        last_day=run.last_day,
        hold=str(Hold(run.hold).label),
        id=run.pk,
        at=timezone.localtime(run.at),
        state=str(ForgettingState(run.state).label),
        needs_another=run.needs == 2 and run.asked_by is not None,
        said_by_you=run.asked_by == user.pk,
    )


def _things(entry: Entry) -> str:
    return str(entry.called or entry.model_class._meta.verbose_name_plural)
