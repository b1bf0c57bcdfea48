"""Schedules, and what a change of them does to occurrences."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.lib.swedish_calendar import wall_clock
from halsonav.people.models import JournalEntry
from halsonav.places.models import Venue
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import (
    cancel_occurrence,
    move_occurrence,
    set_places_taken,
)
from halsonav.programme.actions.schedules import add_schedule, change_schedule, remove_schedule
from halsonav.programme.models import (
    Activity,
    FinderCard,
    FinderRow,
    Occurrence,
    OccurrenceStatus,
    Reason,
    Schedule,
)
from halsonav.programme.planning import planned_slots
from tests.factories.places import VenueFactory
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


def _touched(activity: Activity) -> tuple[Occurrence, Occurrence, Occurrence]:
    """Cancel, move and book the activity's first three coming times."""
    first = activity.occurrences.filter(slot__gt=SATURDAY).order_by("slot")[:3]
    cancelled, moved, booked = first
    cancel_occurrence(by=None, occurrence=cancelled, reason=Reason.WEATHER)
    move_occurrence(by=None, occurrence=moved, start=moved.starts_at + timedelta(hours=3))
    set_places_taken(by=None, occurrence=booked, taken=2)
    return cancelled, moved, booked


@pytest.mark.django_db
@time_machine.travel(FRIDAY, tick=False)
def test_a_new_venue_reaches_every_untouched_time_to_come_and_the_finder() -> None:
    activity = ActivityFactory.create()
    schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    kept = _touched(activity)
    keys = set(activity.occurrences.values_list("pk", flat=True))
    garden = VenueFactory.create(name="Rosenträdgården")

    done = change_schedule(by=None, schedule=schedule, plan={"venue": garden})

    following = activity.occurrences.filter(slot__gt=kept[-1].slot)
    assert following
    assert {one.venue for one in following} == {garden}
    assert {one.sequence for one in following} == {1}, "calendars are told"
    assert set(done.kept) == {one.pk for one in kept}
    others = activity.occurrences.exclude(pk__in=following)
    assert {one.venue for one in others} == {None}
    assert set(activity.occurrences.values_list("pk", flat=True)) == keys
    last = JournalEntry.objects.latest("number")
    assert (last.verb, last.fields) == ("schedule.change", ["venue"])
    rows = FinderRow.objects.filter(occurrence_id__in=[one.pk for one in following])
    cards = FinderCard.objects.filter(group_id__in=rows.values("group_id"), language="sv")
    assert [garden.name in card.data for card in cards] == [True]


@pytest.mark.django_db
@time_machine.travel(FRIDAY, tick=False)
def test_a_new_clock_time_makes_no_second_time_on_a_day_whose_own_is_kept() -> None:
    activity = ActivityFactory.create()
    schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    kept = _touched(activity)
    before = activity.occurrences.count()

    done = change_schedule(by=None, schedule=schedule, plan={"start": time(14), "end": time(15)})

    assert activity.occurrences.count() == before
    assert set(done.kept) == {one.pk for one in kept}
    others = activity.occurrences.filter(slot__gt=SATURDAY).exclude(pk__in=done.kept)
    assert {wall_clock(one.starts_at).time() for one in others} == {time(14)}


@pytest.mark.django_db
def test_a_day_that_has_had_its_time_gets_no_other_when_the_clock_time_changes() -> None:
    activity = ActivityFactory.create()
    with time_machine.travel(FRIDAY, tick=False):
        schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    before = activity.occurrences.count()
    with time_machine.travel(datetime(2026, 11, 24, 11, 0, tzinfo=UTC), tick=False):
        change_schedule(by=None, schedule=schedule, plan={"start": time(16), "end": time(17)})
    today = activity.occurrences.get(slot__date=date(2026, 11, 24))
    assert wall_clock(today.starts_at).time() == time(10)
    assert activity.occurrences.count() == before


@pytest.mark.django_db
@time_machine.travel(FRIDAY, tick=False)
def test_times_that_follow_keep_their_addresses_and_stand_anew_in_the_finder() -> None:
    activity = ActivityFactory.create()
    schedule = add_schedule(by=None, activity=activity, plan=WEEKLY)
    keys = set(activity.occurrences.values_list("pk", flat=True))
    change_schedule(by=None, schedule=schedule, plan={"start": time(9)})
    assert set(activity.occurrences.values_list("pk", flat=True)) == keys
    row = FinderRow.objects.order_by("start")[0]
    assert row.minutes == 150
    assert row.local % (24 * 60) == 9 * 60


CLOCKS = st.sampled_from([time(0), time(2, 30), time(9), time(10), time(14), time(23, 30)])
ENDS = st.sampled_from([time(1), time(8), time(11, 30), time(16)])
DAYS = st.sampled_from(["2026-11-20", "2026-11-24", "2026-11-25", "2026-11-26", "2026-12-01"])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "start": CLOCKS,
        "end": ENDS,
        "rule": st.sampled_from(["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=FR"]),
        "skipped_days": st.lists(DAYS, max_size=2, unique=True),
        "extra_days": st.lists(DAYS, max_size=2, unique=True),
        "venue": st.booleans(),
    },
)
TOUCHES = st.sampled_from(["cancel", "move", "elsewhere", "book"])
STEPS = st.lists(
    st.tuples(st.lists(st.tuples(TOUCHES, st.integers(0, 9)), max_size=3), CHANGES),
    min_size=1,
    max_size=3,
)


def _touch(schedule: Schedule, how: str, at: int, garden: Venue) -> None:
    """Do something to one of the schedule's coming, untouched times, if there is any."""
    coming = [one for one in schedule.occurrences.order_by("slot") if one.slot > FRIDAY]
    free = [one for one in coming if not one.is_touched]
    if not free:
        return
    one = free[at % len(free)]
    if how == "cancel":
        cancel_occurrence(by=None, occurrence=one, reason=Reason.OTHER)
    elif how == "move":
        move_occurrence(by=None, occurrence=one, start=one.starts_at + timedelta(hours=5 * at))
    elif how == "elsewhere":
        move_occurrence(by=None, occurrence=one, venue=garden)
    else:
        set_places_taken(by=None, occurrence=one, taken=1)


def _as_kept(schedule: Schedule) -> dict[int, dict[str, Any]]:
    """Return all facts of what no change may alter: what has begun, and what was touched."""
    return {
        row["id"]: dict(row)
        for row in schedule.occurrences.values()
        if row["slot"] < FRIDAY or row["status"] != "planned" or row["places_taken"]
    }


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_change_makes_two_times_of_a_day_or_alters_what_is_kept(
    steps: list[tuple[list[tuple[str, int]], dict[str, Any]]],
    db: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finder, "write_activity", lambda activity: None)
    with time_machine.travel(FRIDAY, tick=False), transaction.atomic():
        garden = VenueFactory.create()
        plan = WEEKLY | {"first_day": date(2026, 11, 10), "last_day": date(2026, 12, 11)}
        schedule = add_schedule(by=None, activity=ActivityFactory.create(), plan=plan)
        for touches, change in steps:
            for how, at in touches:
                _touch(schedule, how, at, garden)
            if "venue" in change:
                change = change | {"venue": garden if change["venue"] else None}
            _check_change(schedule, change)
        transaction.set_rollback(True)


def _check_change(schedule: Schedule, change: dict[str, Any]) -> None:
    before = _as_kept(schedule)
    done = change_schedule(by=None, schedule=schedule, plan=change)
    after = {row["id"]: row for row in schedule.occurrences.values()}
    assert {pk: after.get(pk) for pk in before} == before
    days = Counter(wall_clock(row["slot"]).date() for row in after.values())
    assert not [day for day, times in days.items() if times > 1]
    asked = {slot.start: slot.end for slot in planned_slots(schedule)}
    for row in (row for pk, row in after.items() if pk not in before):
        assert (row["starts_at"], row["venue_id"]) == (row["slot"], schedule.venue_id)
        assert asked[row["slot"]] == row["ends_at"]
    assert set(done.kept) <= before.keys()


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
