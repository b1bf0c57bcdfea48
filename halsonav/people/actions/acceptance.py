"""Saying yes to an invitation: once, by whom it is to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.handover import take_over
from halsonav.people.actions.invitation import gone, locked, may_still_give
from halsonav.people.actions.role import give_role
from halsonav.people.actions.user import create_user
from halsonav.people.models import Invitation, Role, User


class SignInFirstError(ValidationError):
    """The invitation is to an account that there is: its owner signs in, and accepts then."""


@transaction.atomic
def accept_invitation(*, by: journal.Actor, token: str, display_name: str = "") -> User:
    """Give the role to whom the invitation is to, and return them; a new person gets an account.

    `by` is who is signed in, or an anonymous user. `display_name` is how a new person wants to be
    called, or nothing for the name in the invitation. Raises `InvitationGoneError`, also for one
    that somebody has sent to themselves, or `SignInFirstError` unless `by` is whom the address
    belongs to.
    """
    invitation = locked(Invitation.objects.open(timezone.now()).with_token(token))
    owner = _owner(by, invitation)
    to_oneself = owner is not None and owner == invitation.invited_by
    if to_oneself or not may_still_give(invitation.invited_by, invitation):
        raise gone()
    user = owner or create_user(
        by=by,
        email=invitation.email,
        display_name=display_name.strip() or invitation.display_name,
        language=invitation.language,
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    journal.record(by=user, verb="accept_invitation", about=invitation, fields=["accepted_at"])
    give_role(
        by=user,
        user=user,
        role=Role(invitation.role),
        centre=invitation.centre,
        organisation=invitation.organisation,
        why="invitation",
    )
    take_over(by=user, invitation=invitation, user=user)
    return user


def _owner(by: journal.Actor, invitation: Invitation) -> User | None:
    """Return the account with the invitation's address, which must be the one that asks."""
    owner: User | None = User.objects.filter(email__iexact=invitation.email).first()
    if owner != (by if isinstance(by, User) else None):
        raise SignInFirstError(_("Logga in först. Sedan kan du tacka ja."))
    return owner
