"""Who holds which role where."""

from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.models.centre import Centre
from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.user import Scope, User, scope_of
from halsonav.people.permissions import Permission, Role


def role_has_its_place(name: str) -> list[models.BaseConstraint]:
    """Return what holds for `role`, `centre` and `organisation` in any table that has the three."""
    return [
        models.CheckConstraint(condition=Q(role__in=Role.values), name=f"{name}_role_is_known"),
        models.CheckConstraint(
            condition=Q(centre=None) | Q(organisation=None),
            name=f"{name}_is_not_both_at_a_centre_and_in_an_organisation",
        ),
        models.CheckConstraint(
            condition=Q(centre__isnull=False)
            | Q(organisation__isnull=False)
            | Q(role=Role.OPERATOR),
            name=f"{name}_without_a_place_is_an_operator",
        ),
    ]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Lists of role assignments."""

    def visible_to(self, user: Reader) -> Self:
        """Return one's own, and those where the user may manage people."""
        scope = scope_of(user, Permission.MANAGE_PEOPLE)
        here = scope.holds(centre="centre", organisation="organisation")
        return self.filter(Q(user=user.pk) | here)

    def everywhere(self) -> Self:
        """Return those of open accounts that hold everywhere: of who looks after all of it."""
        return self.filter(centre=None, organisation=None, user__is_active=True)


class RoleAssignment(models.Model):
    """A user's role at one centre or in one organisation with all that is below it.

    Only an operator may have neither: then the role holds everywhere. `origin` is the issuer of the
    identity provider whose groups it follows, or nothing when somebody here has given it.
    """

    user = models.ForeignKey(
        User, models.CASCADE, verbose_name="användare", related_name="role_assignments"
    )
    role = models.CharField("roll", max_length=20, choices=Role)
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        verbose_name="verksamhet",
        null=True,
        blank=True,
        related_name="role_assignments",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="organisation",
        null=True,
        blank=True,
        related_name="role_assignments",
    )
    origin = models.CharField("kommer från", max_length=200, blank=True, default="")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"
        constraints = [
            *role_has_its_place("role_assignment"),
            models.UniqueConstraint(
                fields=["user", "role", "centre"], name="role_at_a_centre_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                name="role_in_an_organisation_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(centre=None, organisation=None),
                name="role_everywhere_is_given_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.centre or self.organisation or 'överallt'}"

    @property
    def is_everywhere(self) -> bool:
        """Say whether it holds everywhere: its holder looks after all of the installation."""
        return self.place is None

    @property
    def held_role(self) -> Role:
        """Return the role."""
        return Role(self.role)

    @property
    def place(self) -> Centre | Organisation | None:
        """Return where it is held; None is everywhere."""
        return self.centre or self.organisation


def wholly_within(scope: Scope) -> models.QuerySet[User]:
    """Return the users who have a role within the scope, and none outside it."""
    users: models.QuerySet[User] = User.objects.all()
    if scope.everywhere:
        return users
    here = scope.holds(centre="centre", organisation="organisation")
    inside = RoleAssignment.objects.filter(here)
    outside = RoleAssignment.objects.exclude(pk__in=inside.values("pk"))
    users = users.filter(pk__in=inside.values("user"))
    return users.exclude(pk__in=outside.values("user"))


def identity_open_to(user: Reader) -> models.QuerySet[User]:
    """Return the users whose name and address the user may see.

    Of somebody whose data is protected that is themselves, and who may see such where every role of
    theirs is.
    """
    theirs = wholly_within(scope_of(user, Permission.SEE_PROTECTED)).values("pk")
    open_to: models.QuerySet[User] = User.objects.filter(
        Q(is_protected=False) | Q(pk=user.pk) | Q(pk__in=theirs)
    )
    return open_to
