"""When an activity recurs."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from halsonav.lib.recurrence import UnreadableRuleError, read_rule
from halsonav.places.models import Venue
from halsonav.programme.models.activity import Activity, PartQuerySet


def is_rule(rule: str) -> None:
    """Refuse a text that is no RFC 5545 rule; an empty one means only the extra days."""
    if not rule:
        return
    try:
        read_rule(rule, date(2026, 1, 1))
    except UnreadableRuleError as error:
        raise ValidationError(str(error)) from error


class Schedule(models.Model):
    """An RFC 5545 rule with days left out and days added, in Swedish wall-clock time."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="schedules")
    rule = models.CharField(max_length=200, blank=True, validators=[is_rule])
    first_day = models.DateField()
    last_day = models.DateField()
    start = models.TimeField()
    end = models.TimeField(help_text="At or before the start means the next day.")
    skipped_days = models.JSONField(default=list, blank=True, help_text="ISO days left out.")
    extra_days = models.JSONField(default=list, blank=True, help_text="ISO days added.")
    skips_red_days = models.BooleanField(default=True)
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="schedules"
    )

    objects = PartQuerySet["Schedule"].as_manager()

    class Meta:
        verbose_name = "schema"
        verbose_name_plural = "scheman"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="a_schedule_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(condition=~Q(start=F("end")), name="a_schedule_takes_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.rule or 'enstaka dagar'} {self.start:%H.%M}"
