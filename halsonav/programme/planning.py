"""Which occurrences a schedule asks for, and what a change of it does to those that exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from halsonav.lib.recurrence import Slot, days, slots
from halsonav.lib.swedish_calendar import red_day
from halsonav.programme.models import Occurrence, Schedule


@dataclass(frozen=True)
class Alignment:
    """What has to happen so that the occurrences follow the schedule.

    kept: occurrences that no slot asks for any longer, but that somebody has changed or that have
    people; they stay as they are.
    """

    create: list[Slot]
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
    """Return what to create and delete from `since` on.

    existing: the schedule's occurrences. taken: slots of the activity's other occurrences.
    """
    wanted = {slot.start: slot for slot in planned_slots(schedule) if slot.start >= since}
    own = {occurrence.slot: occurrence for occurrence in existing if occurrence.slot >= since}
    occupied = set(taken)
    changed_length = {
        slot
        for slot, occurrence in own.items()
        if slot in wanted and not _is_touched(occurrence)
        and occurrence.ends_at != wanted[slot].end
    }  # fmt: skip
    stale = [occurrence for slot, occurrence in own.items() if slot not in wanted]
    return Alignment(
        create=[
            slot
            for start, slot in wanted.items()
            if (start not in own or start in changed_length) and start not in occupied
        ],
        delete=[one.pk for one in stale if not _is_touched(one)]
        + [own[slot].pk for slot in changed_length],
        kept=[one.pk for one in stale if _is_touched(one)],
    )


def _is_touched(occurrence: Occurrence) -> bool:
    return occurrence.status != "planned" or occurrence.places_taken > 0


def shifted(occurrence: Occurrence, start: datetime) -> datetime:
    """Return the end that keeps the occurrence's length from a new start."""
    length: timedelta = occurrence.ends_at - occurrence.starts_at
    return start + length
