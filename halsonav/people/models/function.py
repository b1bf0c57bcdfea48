"""Functions (posts) in organisations, and who holds them from when to when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.user import User, scope_of
from halsonav.people.permissions import Permission


class FunctionQuerySet(models.QuerySet["Function"]):
    """Lists of functions. Posts are public; who holds them is not."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class Function(models.Model):
    """A post or role in an organisation, like "utvecklingsledare folkhälsa"."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="organisation", related_name="functions"
    )
    title = models.CharField("titel", max_length=200)

    objects = FunctionQuerySet.as_manager()

    class Meta:
        verbose_name = "funktion"
        verbose_name_plural = "funktioner"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="function_has_a_title"),
            models.UniqueConstraint(
                fields=["organisation", "title"], name="function_title_is_once_in_an_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FunctionHolderQuerySet(models.QuerySet["FunctionHolder"]):
    """Lists of who holds what."""

    def visible_to(self, user: Reader) -> Self:
        """Return one's own, and those in organisations where the user may manage people."""
        scope = scope_of(user, Permission.MANAGE_PEOPLE)
        here = scope.holds(organisation="function__organisation")
        return self.filter(Q(user__isnull=False, user=user.pk) | here)

    def on(self, day: date) -> Self:
        """Return those who hold their function on the day."""
        return self.filter(Q(to_day=None) | Q(to_day__gte=day), from_day__lte=day)


class FunctionHolder(models.Model):
    """Somebody holds a function from a day, through a day if it has ended.

    Without a user, `described_as` says in words which role holds it; never a person's name.
    """

    function = models.ForeignKey(
        Function, models.CASCADE, verbose_name="funktion", related_name="holders"
    )
    user = models.ForeignKey(
        User,
        models.CASCADE,
        verbose_name="användare",
        null=True,
        blank=True,
        related_name="functions_held",
    )
    described_as = models.CharField("rollens namn", max_length=200, blank=True, default="")
    from_day = models.DateField("från och med")
    to_day = models.DateField("till och med", null=True, blank=True)

    objects = FunctionHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "innehavare av funktion"
        verbose_name_plural = "innehavare av funktioner"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=F("from_day")),
                name="function_holding_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(
                condition=(Q(user__isnull=False) & Q(described_as=""))
                | (Q(user=None) & ~Q(described_as="")),
                name="function_holder_is_a_user_or_a_described_role",
            ),
        ]
