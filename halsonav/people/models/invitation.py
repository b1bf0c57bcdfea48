"""Invitations: somebody is asked to take a role, and has some days to say yes."""

import hashlib
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from halsonav.people.models.centre import Centre
from halsonav.people.models.organisation import Organisation
from halsonav.people.models.reader import Reader
from halsonav.people.models.role import role_has_its_place
from halsonav.people.models.user import User, scope_of
from halsonav.people.permissions import Permission, Role


def hash_of_token(token: str) -> str:
    """Return what the table holds in the token's place."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Lists of invitations."""

    def visible_to(self, user: Reader) -> Self:
        """Return those to roles where the user may manage people."""
        scope = scope_of(user, Permission.MANAGE_PEOPLE)
        return self.filter(scope.holds(centre="centre", organisation="organisation"))

    def open(self, now: datetime) -> Self:
        """Return those that may still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def unanswered(self) -> Self:
        """Return those that nobody has accepted or withdrawn, too old ones too."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def with_token(self, token: str) -> Self:
        """Return the one whose link holds the token, if there is one."""
        return self.filter(token_hash=hash_of_token(token))


class Invitation(models.Model):
    """Somebody with an e-mail address is asked to take a role. There is no account until they do.

    The table holds the hash of the link's token: who reads the table cannot accept.
    """

    email = models.EmailField("e-post")
    display_name = models.CharField("visningsnamn", max_length=120)
    role = models.CharField("roll", max_length=20, choices=Role)
    centre = models.ForeignKey(
        Centre,
        models.CASCADE,
        verbose_name="verksamhet",
        null=True,
        blank=True,
        related_name="invitations",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="organisation",
        null=True,
        blank=True,
        related_name="invitations",
    )
    language = models.CharField("språk", max_length=3, default="sv")
    invited_by = models.ForeignKey(
        User,
        models.SET_NULL,
        verbose_name="inbjuden av",
        null=True,
        blank=True,
        related_name="invitations_sent",
    )
    token_hash = models.CharField("länkens hash", max_length=64, unique=True)
    created_at = models.DateTimeField("skickad")
    expires_at = models.DateTimeField("gäller till")
    accepted_at = models.DateTimeField("accepterad", null=True, blank=True)
    withdrawn_at = models.DateTimeField("återtagen", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        constraints = [
            *role_has_its_place("invitation"),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(display_name="") & ~Q(token_hash=""),
                name="invitation_has_an_email_a_name_and_a_token",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="invitation_expires_after_it_is_made",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_not_both_accepted_and_withdrawn",
            ),
        ]

    @property
    def place(self) -> Centre | Organisation | None:
        """Return where the role would hold; None is everywhere."""
        return self.centre or self.organisation
