"""What is done to single occurrences."""

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halsonav.people import journal
from halsonav.places.models import Venue
from halsonav.programme import finder
from halsonav.programme.models import NEXT, Activity, Occurrence, OccurrenceStatus, Reason
from halsonav.programme.planning import shifted

_CHANGED_HERE: Final = (
    "status", "reason", "starts_at", "ends_at", "venue", "places_taken", "sequence"
)  # fmt: skip
_WHY_NOT: Final = {
    OccurrenceStatus.CANCELLED: _("Tillfället är inställt."),
    OccurrenceStatus.HELD: _("Tillfället är redan genomfört."),
}


class StepRefusedError(ValidationError):
    """The occurrence cannot become that; the message is a sentence that says why."""


@transaction.atomic
def cancel_occurrence(*, by: journal.Actor, occurrence: Occurrence, reason: Reason) -> None:
    """Cancel an occurrence, or change the reason; lists keep showing it, struck.

    Raises `StepRefusedError` for one that was held.
    """
    _read_anew(occurrence, to=OccurrenceStatus.CANCELLED)
    occurrence.status = OccurrenceStatus.CANCELLED
    occurrence.reason = reason
    _save(by, occurrence, "occurrence.cancel", ["status", "reason"])


@transaction.atomic
def move_occurrence(
    *,
    by: journal.Actor,
    occurrence: Occurrence,
    start: datetime | None = None,
    end: datetime | None = None,
    venue: Venue | None = None,
) -> None:
    """Move an occurrence in time, in place or both.

    A start alone keeps the length, an end alone keeps the start. Raises `StepRefusedError` for one
    that is cancelled or was held, for an end before the start and when nothing is to be moved.
    """
    _read_anew(occurrence, to=OccurrenceStatus.MOVED)
    begins, ends = _new_times(occurrence, start, end)
    if start is None and end is None and venue is None:
        raise StepRefusedError(_("Ange en ny tid eller en ny plats."))
    occurrence.starts_at, occurrence.ends_at = begins, ends
    if venue is not None:
        occurrence.venue = venue
    occurrence.status = OccurrenceStatus.MOVED
    fields = ["status", "starts_at", "ends_at", "venue"]
    _save(by, occurrence, "occurrence.move", fields)


def _new_times(
    occurrence: Occurrence, start: datetime | None, end: datetime | None
) -> tuple[datetime, datetime]:
    begins = start or occurrence.starts_at
    ends = end or shifted(occurrence, begins)
    if ends <= begins:
        raise StepRefusedError(_("Sluttiden ska vara efter starttiden."))
    return begins, ends


@transaction.atomic
def set_places_taken(*, by: journal.Actor, occurrence: Occurrence, taken: int) -> None:
    """Tell how many places are taken, so that lists can say when few are left."""
    _read_anew(occurrence)
    occurrence.places_taken = taken
    _save(by, occurrence, "occurrence.places", ["places_taken"])


@transaction.atomic
def hold_occurrence(*, by: journal.Actor, occurrence: Occurrence) -> None:
    """Note that the occurrence was held.

    Raises `StepRefusedError` for one that is cancelled, was held already or has not begun.
    """
    _read_anew(occurrence, to=OccurrenceStatus.HELD)
    if occurrence.starts_at > timezone.now():
        raise StepRefusedError(_("Tillfället har inte börjat än."))
    occurrence.status = OccurrenceStatus.HELD
    _save(by, occurrence, "occurrence.hold", ["status"])


@transaction.atomic
def hold_what_is_over(*, by: journal.Actor, activity: Activity) -> int:
    """Note that all of an activity's times that are over were held, but for cancelled ones.

    Returns how many they were.
    """
    now = timezone.now()
    open_ones = [status for status, steps in NEXT.items() if OccurrenceStatus.HELD in steps]
    over = Occurrence.objects.filter(activity=activity, ends_at__lte=now, status__in=open_ones)
    held = over.update(status=OccurrenceStatus.HELD, sequence=F("sequence") + 1, changed_at=now)
    if held:
        finder.write_activity(activity)
        journal.record(by=by, verb="activity.hold", about=activity, fields=["occurrences.status"])
    return held


def _read_anew(occurrence: Occurrence, *, to: OccurrenceStatus | None = None) -> None:
    """Read how the row stands now, and keep it from others; refuse a step that is not `NEXT`."""
    rows = Occurrence.objects.select_for_update()
    occurrence.refresh_from_db(fields=_CHANGED_HERE, from_queryset=rows)
    status = OccurrenceStatus(occurrence.status)
    if to is not None and to not in NEXT[status]:
        raise StepRefusedError(_WHY_NOT[status])


def _save(by: journal.Actor, occurrence: Occurrence, verb: str, fields: list[str]) -> None:
    occurrence.sequence += 1
    occurrence.changed_at = timezone.now()
    occurrence.save(update_fields=[*fields, "sequence", "changed_at"])
    finder.write_activity(occurrence.activity)
    journal.record(by=by, verb=verb, about=occurrence, fields=fields)
