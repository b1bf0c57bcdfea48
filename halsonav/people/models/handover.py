"""Somebody leaves, or hands roles and functions over to a successor."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from halsonav.people.models.centre import Centre
from halsonav.people.models.function import Function
from halsonav.people.models.invitation import Invitation
from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.role import role_has_its_place
from halsonav.people.models.user import User
from halsonav.people.permissions import Role


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Lists of handovers."""

    def visible_to(self, user: Reader) -> Self:
        """Return those of people whom the user may see, and one's own."""
        return self.filter(leaver__in=User.objects.visible_to(user).values("pk"))

    def open(self) -> Self:
        """Return those that are not through yet: something of them is still to be done."""
        done = Q(taken_at__isnull=False, ended_at__isnull=False)
        return self.filter(called_off_at=None).exclude(done)

    def leaving(self, on: date) -> Self:
        """Return those whose leaver's last day is over, and who has not been let go yet."""
        return self.filter(called_off_at=None, ended_at=None, last_day__lt=on)

    def due(self, on: date) -> Self:
        """Return those whose successor is there, and takes over on the day or has before."""
        waiting = self.filter(called_off_at=None, taken_at=None, from_day__lte=on)
        return waiting.filter(successor__isnull=False)


class Handover(models.Model):
    """From a day somebody's roles and functions are another's; after a last day not theirs.

    Without a successor and an invitation somebody only leaves. With an invitation the successor
    takes over when it has been accepted. `taken_at` and `ended_at` say when each half was done.
    Each half is done as far as `made_by` still may; nobody there is the system, which may.
    """

    leaver = models.ForeignKey(
        User, models.CASCADE, verbose_name="slutar", related_name="handovers"
    )
    successor = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="tar över",
        null=True,
        blank=True,
        related_name="handovers_taken",
    )
    invitation = models.ForeignKey(
        Invitation,
        models.SET_NULL,
        verbose_name="inbjudan",
        null=True,
        blank=True,
        related_name="handovers",
    )
    functions = models.ManyToManyField(
        Function, verbose_name="funktioner", blank=True, related_name="handovers"
    )
    made_by = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="beslutad av",
        null=True,
        blank=True,
        related_name="handovers_made",
    )
    last_day = models.DateField("sista dagen")
    from_day = models.DateField("tar över från")
    closes_account = models.BooleanField("stänger kontot", default=False)
    made_at = models.DateTimeField("beslutad")
    taken_at = models.DateTimeField("övertagen", null=True, blank=True)
    ended_at = models.DateTimeField("avslutad", null=True, blank=True)
    called_off_at = models.DateTimeField("inställd", null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = "överlämning"
        verbose_name_plural = "överlämningar"
        constraints = [
            models.CheckConstraint(
                condition=~Q(leaver=F("successor")), name="handover_is_to_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["leaver"],
                condition=Q(ended_at=None, called_off_at=None),
                name="handover_waits_once_for_a_leaver",
            ),
        ]


class HandedRoleQuerySet(models.QuerySet["HandedRole"]):
    """Lists of roles that are handed over."""

    def visible_to(self, user: Reader) -> Self:
        """Return those of the handovers that the user may see."""
        return self.filter(handover__in=Handover.objects.visible_to(user).values("pk"))


class HandedRole(models.Model):
    """A role that goes from one to the other."""

    handover = models.ForeignKey(
        Handover, models.CASCADE, verbose_name="överlämning", related_name="roles"
    )
    role = models.CharField("roll", max_length=20, choices=Role)
    centre = models.ForeignKey(
        Centre, models.CASCADE, verbose_name="verksamhet", null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="organisation",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = HandedRoleQuerySet.as_manager()

    class Meta:
        verbose_name = "överlämnad roll"
        verbose_name_plural = "överlämnade roller"
        constraints = [*role_has_its_place("handed_role")]

    @property
    def held_role(self) -> Role:
        """Return the role."""
        return Role(self.role)

    @property
    def place(self) -> Centre | Organisation | None:
        """Return where it holds; None is everywhere."""
        return self.centre or self.organisation
