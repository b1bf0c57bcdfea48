"""What is done to single occurrences."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from halsonav.people import journal
from halsonav.places.models import Venue
from halsonav.programme import finder
from halsonav.programme.models import Occurrence, OccurrenceStatus, Reason
from halsonav.programme.planning import shifted


@transaction.atomic
def cancel_occurrence(*, by: journal.Actor, occurrence: Occurrence, reason: Reason) -> None:
    """Cancel an occurrence; lists keep showing it, struck, with the reason and the next time."""
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
    """Move an occurrence in time, in place or both; without an end it keeps its length."""
    if start is not None:
        ends_at = end or shifted(occurrence, start)
        occurrence.starts_at, occurrence.ends_at = start, ends_at
    if venue is not None:
        occurrence.venue = venue
    occurrence.status = OccurrenceStatus.MOVED
    fields = ["status", "starts_at", "ends_at", "venue"]
    _save(by, occurrence, "occurrence.move", fields)


@transaction.atomic
def set_places_taken(*, by: journal.Actor, occurrence: Occurrence, taken: int) -> None:
    """Tell how many places are taken, so that lists can say when few are left."""
    occurrence.places_taken = taken
    _save(by, occurrence, "occurrence.places", ["places_taken"])


@transaction.atomic
def hold_occurrence(*, by: journal.Actor, occurrence: Occurrence) -> None:
    """Note that the occurrence was held."""
    occurrence.status = OccurrenceStatus.HELD
    _save(by, occurrence, "occurrence.hold", ["status"])


def _save(by: journal.Actor, occurrence: Occurrence, verb: str, fields: list[str]) -> None:
    occurrence.sequence += 1
    occurrence.changed_at = timezone.now()
    occurrence.save(update_fields=[*fields, "sequence", "changed_at"])
    finder.write_activity(occurrence.activity)
    journal.record(by=by, verb=verb, about=occurrence, fields=fields)
