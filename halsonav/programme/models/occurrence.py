"""One time and place of an activity."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halsonav.places.models import Venue
from halsonav.programme.models.activity import Activity, PartQuerySet
from halsonav.programme.models.schedule import Schedule

FEW_PLACES = 3


class OccurrenceStatus(models.TextChoices):
    """What has become of the planned time."""

    PLANNED = "planned", _("planerat")
    MOVED = "moved", _("flyttat")
    CANCELLED = "cancelled", _("inställt")
    HELD = "held", _("genomfört")


NEXT: Final[Mapping[str, frozenset[str]]] = {
    OccurrenceStatus.PLANNED: frozenset(
        (OccurrenceStatus.MOVED, OccurrenceStatus.CANCELLED, OccurrenceStatus.HELD)
    ),
    OccurrenceStatus.MOVED: frozenset(
        (OccurrenceStatus.MOVED, OccurrenceStatus.CANCELLED, OccurrenceStatus.HELD)
    ),
    OccurrenceStatus.CANCELLED: frozenset((OccurrenceStatus.CANCELLED,)),
    OccurrenceStatus.HELD: frozenset(),
}
"""What may become of an occurrence; one that is cancelled can only be given another reason."""


class Reason(models.TextChoices):
    """Why an occurrence is cancelled or moved, in words that need no translation of their own."""

    LEADER_ILL = "leader_ill", _("Ledaren är sjuk.")
    LEADER_TRAINING = "leader_training", _("Ledaren är på utbildning.")
    TOO_FEW = "too_few", _("För få kunde komma.")
    WEATHER = "weather", _("Vädret är för dåligt.")
    VENUE_CLOSED = "venue_closed", _("Lokalen är stängd.")
    HOLIDAY = "holiday", _("Det är helgdag.")
    OTHER = "other", _("Vi måste ändra.")


class OccurrenceQuerySet(PartQuerySet["Occurrence"]):
    """Lists of occurrences."""

    def ending_after(self, moment: datetime) -> Self:
        """Return those that are not over at the moment."""
        return self.filter(ends_at__gt=moment)

    def touched(self) -> Self:
        """Return those that a change of the schedule must keep: changed by hand or with people."""
        return self.filter(~Q(status=OccurrenceStatus.PLANNED) | Q(places_taken__gt=0))


class Occurrence(models.Model):
    """A time and place; `slot` is the time that the schedule gave it (UTC), moved or not."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences")
    schedule = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.SET_NULL, related_name="occurrences"
    )
    slot = models.DateTimeField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(
        max_length=10, choices=OccurrenceStatus.choices, default=OccurrenceStatus.PLANNED
    )
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    venue = models.ForeignKey(
        Venue,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="occurrences",
        help_text="Only when it is held elsewhere than the activity.",
    )
    places_taken = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(
        default=0, help_text="How often it was changed: SEQUENCE in calendars."
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "tillfälle"
        verbose_name_plural = "tillfällen"
        constraints = [
            models.UniqueConstraint(
                fields=("activity", "slot"), name="an_activity_occurs_once_per_slot"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_occurrence_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OccurrenceStatus.values),
                name="an_occurrence_has_a_known_status",
            ),
            models.CheckConstraint(
                condition=~Q(status=OccurrenceStatus.CANCELLED) | ~Q(reason=""),
                name="a_cancelled_occurrence_says_why",
            ),
        ]
        indexes = [models.Index(fields=("activity", "starts_at"))]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody should come."""
        return self.status == OccurrenceStatus.CANCELLED

    @property
    def is_touched(self) -> bool:
        """Whether a change of the schedule must keep it: changed by hand or with people."""
        return self.status != OccurrenceStatus.PLANNED or self.places_taken > 0
