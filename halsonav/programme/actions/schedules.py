"""What is done to schedules; occurrences follow."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from halsonav.lib.recurrence import Slot
from halsonav.people import journal
from halsonav.programme import finder
from halsonav.programme.models import Activity, Occurrence, Schedule
from halsonav.programme.planning import Alignment, alignment

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


@transaction.atomic
def add_schedule(*, by: journal.Actor, activity: Activity, plan: Mapping[str, Any]) -> Schedule:
    """Add a schedule with all its occurrences, past ones too. `plan` holds model fields.

    Raises `ValidationError` with a sentence for each field that is wrong.
    """
    schedule = Schedule(activity=activity, **plan)
    schedule.full_clean()
    schedule.save()
    _align(schedule, BEGINNING)
    finder.write_activity(activity)
    journal.record(by=by, verb="schedule.add", about=schedule, fields=sorted(plan))
    return schedule


@transaction.atomic
def change_schedule(*, by: journal.Actor, schedule: Schedule, plan: Mapping[str, Any]) -> Alignment:
    """Change a schedule from now on; what is coming and untouched follows in time and place.

    What has begun stays, and so does every occurrence that was cancelled, moved or has people: no
    other time is made on its day, and the answer's `kept` names those that the schedule would now
    have otherwise. Raises `ValidationError` with a sentence for each field that is wrong.
    """
    for name, value in plan.items():
        setattr(schedule, name, value)
    schedule.full_clean()
    schedule.save()
    done = _align(schedule, timezone.now())
    finder.write_activity(schedule.activity)
    journal.record(by=by, verb="schedule.change", about=schedule, fields=sorted(plan))
    return done


@transaction.atomic
def remove_schedule(*, by: journal.Actor, schedule: Schedule) -> None:
    """Remove a schedule and what is left to come of it; touched occurrences stay."""
    untouched = schedule.occurrences.exclude(
        pk__in=Occurrence.objects.filter(schedule=schedule).touched().values("pk")
    )
    untouched.filter(slot__gte=timezone.now()).delete()
    journal.record(by=by, verb="schedule.remove", about=schedule)
    activity = schedule.activity
    schedule.delete()
    finder.write_activity(activity)


def _align(schedule: Schedule, since: datetime) -> Alignment:
    existing = {one.pk: one for one in schedule.occurrences.select_for_update().order_by("slot")}
    others = Occurrence.objects.filter(activity=schedule.activity).exclude(schedule=schedule)
    todo = alignment(schedule, existing.values(), others.values_list("slot", flat=True), since)
    Occurrence.objects.filter(pk__in=todo.delete).delete()
    _follow(schedule, {existing[pk]: slot for pk, slot in todo.change.items()})
    Occurrence.objects.bulk_create(
        [Occurrence(activity=schedule.activity, **_facts(schedule, slot)) for slot in todo.create],
        batch_size=500,
    )
    return todo


def _follow(schedule: Schedule, changes: Mapping[Occurrence, Slot]) -> None:
    """Give occurrences what their schedule now says; calendars are told by their number."""
    for occurrence, slot in changes.items():
        for name, value in _facts(schedule, slot).items():
            setattr(occurrence, name, value)
        occurrence.sequence += 1
        occurrence.changed_at = timezone.now()
    names = ("slot", "starts_at", "ends_at", "venue", "sequence", "changed_at")
    Occurrence.objects.bulk_update(changes, names, batch_size=100)


def _facts(schedule: Schedule, slot: Slot) -> dict[str, Any]:
    """Return all that an occurrence takes from its schedule."""
    return {
        "schedule": schedule,
        "slot": slot.start,
        "starts_at": slot.start,
        "ends_at": slot.end,
        "venue": schedule.venue,
    }
