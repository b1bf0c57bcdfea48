"""What a role demands of a sign-in, where an installation demands something else than the code."""

from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.models.reader import Reader
from halsonav.people.models.user import scope_of
from halsonav.people.permissions import Permission, Role

LONGEST_IDLE_MINUTES = 24 * 60
LONGEST_HOURS = 14 * 24


class Assurance(models.TextChoices):
    """How sure an identity provider must be of who somebody is (Swedish levels of assurance)."""

    ANY = "", "vilken som helst"
    LOA2 = "loa2", "tillitsnivå 2"
    LOA3 = "loa3", "tillitsnivå 3"
    LOA4 = "loa4", "tillitsnivå 4"


class RolePolicyQuerySet(models.QuerySet["RolePolicy"]):
    """Lists of role policies."""

    def visible_to(self, user: Reader) -> Self:
        """Return all to who runs operations everywhere, and nothing to anybody else."""
        return self.all() if scope_of(user, Permission.RUN_OPERATIONS).everywhere else self.none()


class RolePolicy(models.Model):
    """What is demanded of those who hold a role. Without a row the code's own demands hold."""

    role = models.CharField("roll", max_length=20, choices=Role, unique=True)
    two_factors = models.BooleanField("kräver två steg", default=True)
    idle_minutes = models.PositiveSmallIntegerField("minuter utan att göra något", default=30)
    absolute_hours = models.PositiveSmallIntegerField("timmar som längst", default=12)
    assurance = models.CharField(
        "tillitsnivå", max_length=4, choices=Assurance, blank=True, default=Assurance.ANY
    )

    objects = RolePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "krav på en roll"
        verbose_name_plural = "krav på roller"
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="role_policy_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=1, idle_minutes__lte=LONGEST_IDLE_MINUTES),
                name="role_policy_idle_is_a_minute_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(absolute_hours__gte=1, absolute_hours__lte=LONGEST_HOURS),
                name="role_policy_lasts_an_hour_to_two_weeks",
            ),
            models.CheckConstraint(
                condition=Q(assurance__in=Assurance.values), name="role_policy_assurance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
