"""What may be done to a single time, and what becomes of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.people.models import JournalEntry
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import (
    StepRefusedError,
    cancel_occurrence,
    hold_occurrence,
    hold_what_is_over,
    move_occurrence,
    set_places_taken,
)
from halsonav.programme.actions.schedules import add_schedule
from halsonav.programme.models import NEXT, FinderCard, Occurrence, OccurrenceStatus, Reason
from tests.factories.places import VenueFactory
from tests.factories.programme import TUESDAY, ActivityFactory, OccurrenceFactory, published
from tests.programme.test_planning import WEEKLY

AFTER = TUESDAY + timedelta(hours=3)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db

VERBS: dict[OccurrenceStatus, Callable[[Occurrence], None]] = {
    OccurrenceStatus.MOVED: lambda one: move_occurrence(
        by=None, occurrence=one, start=one.starts_at + timedelta(minutes=5)
    ),
    OccurrenceStatus.CANCELLED: lambda one: cancel_occurrence(
        by=None, occurrence=one, reason=Reason.WEATHER
    ),
    OccurrenceStatus.HELD: lambda one: hold_occurrence(by=None, occurrence=one),
}
PLANNED, MOVED = OccurrenceStatus.PLANNED, OccurrenceStatus.MOVED
CANCELLED, HELD = OccurrenceStatus.CANCELLED, OccurrenceStatus.HELD
ALLOWED = {
    (PLANNED, MOVED), (PLANNED, CANCELLED), (PLANNED, HELD),
    (MOVED, MOVED), (MOVED, CANCELLED), (MOVED, HELD),
    (CANCELLED, CANCELLED),
}  # fmt: skip


def _made(status: OccurrenceStatus, **facts: Any) -> Occurrence:
    reason = Reason.OTHER if status == CANCELLED else ""
    return OccurrenceFactory.create(slot=TUESDAY, status=status, reason=reason, **facts)


def test_the_table_says_what_may_become_of_a_time() -> None:
    assert {(before, after) for before, those in NEXT.items() for after in those} == ALLOWED


@time_machine.travel(AFTER, tick=False)
@pytest.mark.parametrize(("before", "after"), list(product(OccurrenceStatus, VERBS)))
def test_every_step_is_taken_or_refused_with_a_sentence_as_the_table_says(
    before: OccurrenceStatus, after: OccurrenceStatus
) -> None:
    one = _made(before)
    facts = Occurrence.objects.values().get()
    if (before, after) in ALLOWED:
        VERBS[after](one)
        assert Occurrence.objects.get().status == after
        assert Occurrence.objects.get().sequence == 1
        return
    with pytest.raises(StepRefusedError) as caught:
        VERBS[after](one)
    assert caught.value.messages[0].startswith("Tillfället är ")
    assert Occurrence.objects.values().get() == facts
    assert not JournalEntry.objects.exists()


STEPS = st.lists(st.sampled_from([*VERBS, "book"]), max_size=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, seen_before=st.booleans())
def test_whatever_is_tried_a_time_only_takes_allowed_steps(
    steps: list[Any], seen_before: bool, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when each step is asked for by somebody who saw the time before all the others."""
    monkeypatch.setattr(finder, "write_activity", lambda activity: None)
    with time_machine.travel(AFTER, tick=False), transaction.atomic():
        made = _made(PLANNED)
        status, changes = PLANNED, 0
        for step in steps:
            one = Occurrence.objects.get(pk=made.pk)
            asked = Occurrence(**_facts_of(made)) if seen_before else one
            taken = step == "book" or step in NEXT[status]
            _try(step, asked, taken=taken)
            changes += taken
            status = step if taken and step != "book" else status
            now = Occurrence.objects.get(pk=made.pk)
            assert (now.status, now.sequence) == (status, changes)
            assert now.ends_at - now.starts_at == HOUR
            assert now.slot == TUESDAY
        transaction.set_rollback(True)


def _facts_of(one: Occurrence) -> dict[str, Any]:
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}


def _try(step: Any, one: Occurrence, *, taken: bool) -> None:
    if step == "book":
        set_places_taken(by=None, occurrence=one, taken=4)
    elif taken:
        VERBS[step](one)
    else:
        with pytest.raises(StepRefusedError):
            VERBS[step](one)


@time_machine.travel(AFTER, tick=False)
def test_a_time_that_has_not_begun_was_not_held() -> None:
    one = OccurrenceFactory.create(slot=AFTER + HOUR)
    with pytest.raises(StepRefusedError, match="inte börjat"):
        hold_occurrence(by=None, occurrence=one)
    assert Occurrence.objects.get().status == PLANNED


def test_a_new_end_alone_changes_the_length() -> None:
    one = _made(PLANNED)
    move_occurrence(by=None, occurrence=one, end=one.starts_at + 2 * HOUR)
    now = Occurrence.objects.get()
    assert (now.starts_at, now.ends_at, now.status) == (TUESDAY, TUESDAY + 2 * HOUR, MOVED)


@pytest.mark.parametrize("start", [None, TUESDAY + 3 * HOUR])
def test_an_end_that_is_not_after_the_start_is_refused(start: datetime | None) -> None:
    one = _made(PLANNED)
    with pytest.raises(StepRefusedError, match="Sluttiden"):
        move_occurrence(by=None, occurrence=one, start=start, end=start or TUESDAY)
    assert Occurrence.objects.get().status == PLANNED


def test_to_move_nothing_is_refused() -> None:
    with pytest.raises(StepRefusedError, match="ny tid eller en ny plats"):
        move_occurrence(by=None, occurrence=_made(PLANNED))
    assert Occurrence.objects.get().status == PLANNED


def _said(one: Occurrence) -> list[str]:
    """Return what the times that do not stand as planned are marked with, in Swedish."""
    cards = FinderCard.objects.filter(group__activity_id=one.activity_id, language="sv")
    return [said for card in cards for said in ("Ny plats", "Ny sluttid") if said in card.row]


@time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC), tick=False)
def test_lists_tell_a_new_end_from_a_new_place() -> None:
    garden = VenueFactory.create(name="Trädgården")
    activity = published("Promenad", TUESDAY)
    one = activity.occurrences.get()
    move_occurrence(by=None, occurrence=one, end=one.starts_at + 2 * HOUR)
    assert _said(one) == ["Ny sluttid"]
    move_occurrence(by=None, occurrence=one, venue=garden)
    assert _said(one) == ["Ny plats"]


@time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC), tick=False)
def test_a_schedules_own_place_is_no_new_place() -> None:
    activity = ActivityFactory.create()
    plan = WEEKLY | {"venue": VenueFactory.create(name="Trädgården")}
    schedule = add_schedule(by=None, activity=activity, plan=plan)
    first = schedule.occurrences.filter(slot__gt=TUESDAY)[0]
    move_occurrence(by=None, occurrence=first, end=first.ends_at + HOUR)
    assert _said(first) == ["Ny sluttid"]


@time_machine.travel(AFTER, tick=False)
def test_all_that_is_over_is_held_at_once_but_for_what_was_cancelled() -> None:
    activity = ActivityFactory.create()
    ways = {
        TUESDAY: PLANNED, TUESDAY + HOUR: MOVED, TUESDAY - HOUR: CANCELLED,
        AFTER: PLANNED, AFTER - HOUR / 2: PLANNED,
    }  # fmt: skip
    for slot, status in ways.items():
        reason = Reason.OTHER if status == CANCELLED else ""
        OccurrenceFactory.create(activity=activity, slot=slot, status=status, reason=reason)
    other = OccurrenceFactory.create(slot=TUESDAY)
    assert hold_what_is_over(by=None, activity=activity) == 2
    now = dict(activity.occurrences.values_list("slot", "status"))
    assert now == ways | {TUESDAY: HELD, TUESDAY + HOUR: HELD}
    other.refresh_from_db()
    assert other.status == PLANNED
    assert JournalEntry.objects.get().verb == "activity.hold"
    assert hold_what_is_over(by=None, activity=activity) == 0


@time_machine.travel(AFTER, tick=False)
def test_a_coming_time_is_not_said_to_be_held_since_yesterdays_was() -> None:
    activity = published("Promenad", TUESDAY, TUESDAY + timedelta(days=7))
    hold_what_is_over(by=None, activity=activity)
    cards = FinderCard.objects.filter(group__activity_id=activity.pk, language="sv")
    assert sorted(json.loads(card.data)["status"] for card in cards) == ["held", "planned"]
