"""Which role an identity provider's group stands for."""

from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.models.centre import Centre
from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.role import role_has_its_place
from halsonav.people.models.user import scope_of
from halsonav.people.permissions import Permission, Role


class GroupMappingQuerySet(models.QuerySet["GroupMapping"]):
    """Lists of mappings."""

    def visible_to(self, user: Reader) -> Self:
        """Return those to roles where the user may manage people."""
        scope = scope_of(user, Permission.MANAGE_PEOPLE)
        return self.filter(scope.holds(centre="centre", organisation="organisation"))


class GroupMapping(models.Model):
    """Who belongs to the group with an identity provider has the role there."""

    issuer = models.CharField("utfärdare", max_length=200)
    group = models.CharField("grupp", max_length=200)
    role = models.CharField("roll", max_length=20, choices=Role)
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        verbose_name="verksamhet",
        null=True,
        blank=True,
        related_name="group_mappings",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="organisation",
        null=True,
        blank=True,
        related_name="group_mappings",
    )

    objects = GroupMappingQuerySet.as_manager()

    class Meta:
        verbose_name = "grupp som ger en roll"
        verbose_name_plural = "grupper som ger roller"
        constraints = [
            *role_has_its_place("group_mapping"),
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(group=""), name="group_mapping_has_issuer_and_group"
            ),
            models.UniqueConstraint(
                fields=["issuer", "group", "role", "centre"],
                name="group_gives_a_role_once_at_a_centre",
            ),
            models.UniqueConstraint(
                fields=["issuer", "group", "role", "organisation"],
                name="group_gives_a_role_once_in_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["issuer", "group", "role"],
                condition=Q(centre=None, organisation=None),
                name="group_gives_a_role_once_everywhere",
            ),
        ]

    @property
    def place(self) -> Centre | Organisation | None:
        """Return where the role holds; None is everywhere."""
        return self.centre or self.organisation
