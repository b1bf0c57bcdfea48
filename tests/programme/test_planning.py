"""Schedules, and what a change of them does to occurrences."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from halsonav.lib.swedish_calendar import wall_clock
from halsonav.people.models import JournalEntry
from halsonav.programme.actions.occurrences import (
    cancel_occurrence,
    move_occurrence,
    set_places_taken,
)
from halsonav.programme.actions.schedules import add_schedule, change_schedule, remove_schedule
from halsonav.programme.models import Occurrence, OccurrenceStatus, Reason, Schedule
from halsonav.programme.planning import planned_slots
from tests.factories.programme import ActivityFactory

WEEKLY = {
    "rule": "FREQ=WEEKLY;BYDAY=TU",
    "first_day": date(2026, 9, 1),
    "last_day": date(2027, 5, 31),
    "start": time(10),
    "end": time(11, 30),
}

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, tzinfo=UTC)


def test_ten_o_clock_stays_ten_o_clock_over_both_clock_changes() -> None:
    slots = planned_slots(Schedule(**WEEKLY))
    assert {wall_clock(slot.start).time() for slot in slots} == {time(10)}
    assert {slot.start.hour for slot in slots} == {8, 9}


def test_skipped_days_and_red_days_are_left_out_and_extra_days_added() -> None:
    plan = WEEKLY | {
        "rule": "FREQ=DAILY",
        "first_day": date(2026, 12, 23),
        "last_day": date(2026, 12, 29),
        "skipped_days": ["2026-12-28"],
        "extra_days": ["2027-01-06"],
    }
    days = [wall_clock(slot.start).date().isoformat() for slot in planned_slots(Schedule(**plan))]
    assert days == ["2026-12-23", "2026-12-24", "2026-12-27", "2026-12-29", "2027-01-06"]


@given(
    first=st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    length=st.integers(0, 400),
    interval=st.integers(1, 5),
    days=st.sets(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1),
    hour=st.integers(0, 23),
)
def test_slots_are_in_order_within_the_days_and_at_the_hour(
    first: date, length: int, interval: int, days: set[str], hour: int
) -> None:
    rule = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(sorted(days))}"
    schedule = Schedule(
        rule=rule, first_day=first, last_day=first + timedelta(days=length),
        start=time(hour), end=time((hour + 1) % 24),
    )  # fmt: skip
    slots = planned_slots(schedule)
    starts = [slot.start for slot in slots]
    assert starts == sorted(set(starts))
    for slot in slots:
        local = wall_clock(slot.start)
        assert schedule.first_day <= local.date() <= schedule.last_day
        assert local.hour == hour or (hour == 2 and local.hour == 3)
        assert slot.end > slot.start


@pytest.mark.django_db
@time_machine.travel(FRIDAY, tick=False)
def test_a_change_of_the_schedule_keeps_what_is_over_cancelled_moved_or_has_people() -> None:
    activity = ActivityFactory.create()
    schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    coming = list(activity.occurrences.filter(starts_at__gt=SATURDAY).order_by("starts_at")[:4])
    cancelled, moved, booked, plain = coming
    cancel_occurrence(by=None, occurrence=cancelled, reason=Reason.WEATHER)
    move_occurrence(by=None, occurrence=moved, start=moved.starts_at + timedelta(hours=3))
    set_places_taken(by=None, occurrence=booked, taken=2)
    past = activity.occurrences.filter(ends_at__lt=FRIDAY).count()

    done = change_schedule(by=None, schedule=schedule, plan={"rule": "FREQ=WEEKLY;BYDAY=TH"})

    kept = set(
        Occurrence.objects.filter(pk__in=[one.pk for one in coming]).values_list("pk", flat=True)
    )
    assert kept == {cancelled.pk, moved.pk, booked.pk} == set(done.kept)
    assert plain.pk not in kept
    assert activity.occurrences.filter(ends_at__lt=FRIDAY).count() == past
    new = activity.occurrences.filter(
        pk__gt=plain.pk, status=OccurrenceStatus.PLANNED, places_taken=0
    )
    fresh = [one for one in new if one.slot > SATURDAY]
    assert fresh
    assert {wall_clock(one.starts_at).weekday() for one in fresh} == {3}


@pytest.mark.django_db
@time_machine.travel(FRIDAY, tick=False)
def test_a_new_length_reaches_every_untouched_occurrence_to_come() -> None:
    activity = ActivityFactory.create()
    schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    before = activity.occurrences.count()
    change_schedule(by=None, schedule=schedule, plan={"end": time(12)})
    coming = activity.occurrences.filter(slot__gt=SATURDAY)
    assert activity.occurrences.count() == before
    assert {(one.ends_at - one.starts_at) for one in coming} == {timedelta(hours=2)}


@pytest.mark.django_db
@time_machine.travel(FRIDAY, tick=False)
def test_a_removed_schedule_takes_its_untouched_future_along() -> None:
    activity = ActivityFactory.create()
    schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    first = activity.occurrences.filter(slot__gt=SATURDAY).order_by("slot").first()
    assert first is not None
    cancel_occurrence(by=None, occurrence=first, reason=Reason.OTHER)
    remove_schedule(by=None, schedule=schedule)
    assert list(activity.occurrences.filter(slot__gt=SATURDAY)) == [first]
    assert activity.occurrences.filter(slot__lt=FRIDAY).exists()


@pytest.mark.django_db
def test_two_schedules_that_meet_make_one_occurrence() -> None:
    activity = ActivityFactory.create()
    add_schedule(by=None, activity=activity, plan=WEEKLY)
    before = activity.occurrences.count()
    add_schedule(by=None, activity=activity, plan=WEEKLY)
    assert activity.occurrences.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "rule", ["nonsense", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;X=1"]
)
def test_a_rule_that_cannot_be_read_is_refused_with_words(rule: str) -> None:
    with pytest.raises(ValidationError) as caught:
        add_schedule(by=None, activity=ActivityFactory.create(), plan=WEEKLY | {"rule": rule})
    assert "rule" in caught.value.message_dict
    assert not Schedule.objects.exists()


@pytest.mark.django_db
def test_every_change_stands_in_the_journal() -> None:
    schedule = add_schedule(by=None, activity=ActivityFactory.create(), plan=WEEKLY)
    change_schedule(by=None, schedule=schedule, plan={"end": time(12)})
    remove_schedule(by=None, schedule=schedule)
    verbs = list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["schedule.add", "schedule.change", "schedule.remove"]
