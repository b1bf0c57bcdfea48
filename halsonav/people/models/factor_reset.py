"""A lost second step: one person asks that it be taken away, another one decides."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models import F, Q

from halsonav.people.models.reader import Reader
from halsonav.people.models.user import User

RESET_LASTS: Final = timedelta(hours=24)
"""How long the second person has for deciding."""


class ResetOutcome(models.TextChoices):
    """How it went."""

    OPEN = "", "väntar"
    APPROVED = "approved", "godkänd"
    REFUSED = "refused", "avslagen"
    EXPIRED = "expired", "för gammal"


_DECIDED: Final = (ResetOutcome.APPROVED, ResetOutcome.REFUSED)


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    """Lists of resets."""

    def visible_to(self, user: Reader) -> Self:
        """Return those that are about oneself or about people whom the user may see as manager."""
        seen = User.objects.visible_to(user).values("pk")
        return self.filter(user__in=seen)

    def open(self, now: datetime) -> Self:
        """Return those that wait for the second person."""
        return self.filter(outcome=ResetOutcome.OPEN, asked_at__gt=now - RESET_LASTS)


class FactorReset(models.Model):
    """A wish to take somebody's keys, app and spare codes away, since they are lost."""

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name="användare", related_name="factor_resets"
    )
    asked_by = models.ForeignKey(
        User, models.SET_NULL, verbose_name="bett av", null=True, related_name="resets_asked"
    )
    asked_at = models.DateTimeField("bett när")
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="avgjort av",
        null=True,
        blank=True,
        related_name="resets_decided",
    )
    decided_at = models.DateTimeField("avgjort när", null=True, blank=True)
    outcome = models.CharField(
        "utfall", max_length=10, choices=ResetOutcome, blank=True, default=ResetOutcome.OPEN
    )

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = "förlorat andra steg"
        verbose_name_plural = "förlorade andra steg"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=ResetOutcome.values), name="factor_reset_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")), name="factor_reset_takes_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")) & ~Q(decided_by=F("user")),
                name="factor_reset_is_not_asked_or_decided_by_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=_DECIDED, decided_at__isnull=False)
                | (~Q(outcome__in=_DECIDED) & Q(decided_at=None, decided_by=None)),
                name="factor_reset_is_decided_exactly_when_it_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(outcome=ResetOutcome.OPEN),
                name="factor_reset_waits_once_for_a_user",
            ),
        ]
