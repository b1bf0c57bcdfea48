"""Which occurrences a schedule asks for, and what a change of it does to those that exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from halsonav.lib.recurrence import Slot, days, slots
from halsonav.lib.swedish_calendar import red_day, wall_clock
from halsonav.programme.models import Occurrence, Schedule


@dataclass(frozen=True)
class Alignment:
    """What has to happen so that the occurrences follow the schedule.

    change: the new slot of each occurrence that is to follow, by key. kept: coming occurrences that
    somebody has changed or that have people, and that the schedule would now have otherwise; they
    stay as they are.
    """

    create: list[Slot]
    change: dict[int, Slot]
    delete: list[int]
    kept: list[int]


def planned_slots(schedule: Schedule) -> list[Slot]:
    """Return the schedule's slots in order of time, in UTC."""
    skipped = {date.fromisoformat(day) for day in schedule.skipped_days}
    found = (
        set(days(schedule.rule, schedule.first_day, schedule.last_day, skipped))
        if schedule.rule
        else set()
    )
    if schedule.skips_red_days:
        found = {day for day in found if not red_day(day)}
    found |= {date.fromisoformat(day) for day in schedule.extra_days}
    return slots(sorted(found), schedule.start, schedule.end)


def alignment(
    schedule: Schedule, existing: Iterable[Occurrence], taken: Iterable[datetime], since: datetime
) -> Alignment:
    """Return what to create, change and delete from `since` on; a day has one time at most.

    existing: the schedule's occurrences. taken: slots of the activity's other occurrences.
    """
    wanted = _wanted_by_day(schedule, set(taken), since)
    settled, free = _parted(existing, since)
    days_settled = {_day_of(one.slot) for one in settled}
    open_days = {day: slot for day, slot in wanted.items() if day not in days_settled}
    followers = {_day_of(one.slot): one for one in free if _day_of(one.slot) in open_days}
    following = {one.pk for one in followers.values()}
    return Alignment(
        create=[slot for day, slot in open_days.items() if day not in followers],
        change={
            one.pk: open_days[day]
            for day, one in followers.items()
            if not _is_as_planned(one, open_days[day], schedule)
        },
        delete=[one.pk for one in free if one.pk not in following],
        kept=[
            one.pk
            for one in settled
            if one.is_touched
            and max(one.slot, one.starts_at) >= since
            and not _is_as_planned(one, wanted.get(_day_of(one.slot)), schedule)
        ],
    )


def _wanted_by_day(schedule: Schedule, taken: set[datetime], since: datetime) -> dict[date, Slot]:
    return {
        _day_of(slot.start): slot
        for slot in planned_slots(schedule)
        if slot.start >= since and slot.start not in taken
    }


def _parted(
    existing: Iterable[Occurrence], since: datetime
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Return those that stay as they are (touched, or begun), and those that follow."""
    settled: list[Occurrence] = []
    free: list[Occurrence] = []
    for one in existing:
        (settled if one.is_touched or one.slot < since else free).append(one)
    return settled, free


def _day_of(slot: datetime) -> date:
    return wall_clock(slot).date()


def _is_as_planned(occurrence: Occurrence, slot: Slot | None, schedule: Schedule) -> bool:
    """Say whether the occurrence has all that the schedule gives: slot, time and venue."""
    return slot is not None and (
        (occurrence.slot, occurrence.starts_at, occurrence.ends_at, occurrence.venue_id)
        == (slot.start, slot.start, slot.end, schedule.venue_id)
    )


def shifted(occurrence: Occurrence, start: datetime) -> datetime:
    """Return the end that keeps the occurrence's length from a new start."""
    length: timedelta = occurrence.ends_at - occurrence.starts_at
    return start + length
