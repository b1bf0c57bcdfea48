"""What forgetting did, or waits to do: counts and a sum over ids, never what was forgotten."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models.reader import Reader
from halsonav.people.models.user import scope_of
from halsonav.people.permissions import Permission


class ForgettingState(models.TextChoices):
    """How far a run has come."""

    WAITING = "waiting", _("väntar på ett ja")
    DONE = "done", _("gallrat")
    REFUSED = "refused", _("nej")
    LAPSED = "lapsed", _("inte längre aktuellt")


class Hold(models.TextChoices):
    """Why a run waits for a person."""

    NONE = "", ""
    SUDDEN = "sudden", _("ovanligt mycket på en gång")
    SECOND = "second", _("två personer ska säga ja")
    CLOCK = "clock", _("klockan kan gå fel")


class Doubt(models.TextChoices):
    """Why the clock is not trusted."""

    NONE = "", ""
    BACKWARDS = "backwards", _("Klockan har gått bakåt.")
    JUMPED = "jumped", _("Klockan har hoppat.")
    SILENCE = "silence", _("Systemet har varit tyst i mer än ett dygn.")
    DATABASE = "database", _("Databasen har en annan tid.")


class ForgettingRunQuerySet(models.QuerySet["ForgettingRun"]):
    """Lists of runs."""

    def visible_to(self, user: Reader) -> Self:
        """Return all to who runs the installation, and nothing to anybody else."""
        return self.all() if scope_of(user, Permission.RUN_OPERATIONS).everywhere else self.none()

    def waiting(self) -> Self:
        """Return those that wait for a person."""
        return self.filter(state=ForgettingState.WAITING)


class ForgettingRun(models.Model):
    """Once that a rule had something to forget: how much, from when to when, and who agreed.

    `as_of` is the moment that was counted at, `ids_hash` a keyed sum of the ids, so that a yes is
    to those rows and no others. Those who agreed are ids, as in the journal.
    """

    rule = models.CharField("regel", max_length=60)
    at = models.DateTimeField("när")
    as_of = models.DateTimeField("räknat vid")
    counted = models.PositiveIntegerField("antal")
    total = models.PositiveIntegerField("av")
    ids_hash = models.CharField("summa över id", max_length=64)
    first_day = models.DateField("från", null=True)
    last_day = models.DateField("till", null=True)
    hold = models.CharField("väntar för", max_length=10, choices=Hold, blank=True, default="")
    needs = models.PositiveSmallIntegerField("antal ja som behövs", default=0)
    state = models.CharField("läge", max_length=10, choices=ForgettingState)
    asked_by = models.BigIntegerField("första ja", null=True)
    approved_by = models.BigIntegerField("sista ja", null=True)
    decided_at = models.DateTimeField("avgjort", null=True)

    objects = ForgettingRunQuerySet.as_manager()

    class Meta:
        verbose_name = "gallring"
        verbose_name_plural = "gallringar"
        indexes = [models.Index(fields=["rule", "-at"], name="forgetting_by_rule_and_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(state="waiting"),
                name="a_rule_waits_for_one_answer_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(needs=0) | Q(approved_by__isnull=False),
                name="what_waited_was_agreed_to",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(needs__lt=2)
                | (Q(asked_by__isnull=False) & ~Q(asked_by=F("approved_by"))),
                name="two_who_agree_are_two_people",
            ),
        ]


class ClockReading(models.Model):
    """The one row that says when the clock was last looked at, and beside what."""

    at = models.DateTimeField("klockan")
    boot = models.CharField("maskinens start", max_length=40, blank=True, default="")
    seconds = models.FloatField("sekunder sedan starten", default=0)
    doubt = models.CharField("tvekan", max_length=10, choices=Doubt, blank=True, default="")

    class Meta:
        verbose_name = "klockans vittne"
        verbose_name_plural = "klockans vittnen"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="clock_has_one_witness"),
        ]
