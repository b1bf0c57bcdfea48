"""Asking people to take a role. Until they say yes there is no role and no account."""

import secrets
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.letters import own_address, send_letter
from halsonav.people.models import (
    Centre,
    HandedRole,
    Invitation,
    Organisation,
    Role,
    RoleAssignment,
    User,
    hash_of_token,
)
from halsonav.people.rules import may_give

INVITATION_LASTS: Final = timedelta(days=7)
"""The letter says so in words."""


class InvitationGoneError(ValidationError):
    """The link is unknown, used, withdrawn or too old; nobody is told which."""


@transaction.atomic
def invite(
    *,
    by: journal.Actor,
    email: str,
    display_name: str,
    role: Role,
    centre: Centre | None = None,
    organisation: Organisation | None = None,
    language: str = "sv",
) -> Invitation:
    """Return an invitation, whose letter is on its way; raise `ValidationError` for what cannot be.

    It is the same whether there is an account with the address. An earlier open invitation of the
    address to the same role there is withdrawn, so that one link holds.
    """
    address = email.strip().lower()
    place = {"centre": centre, "organisation": organisation}
    for earlier in Invitation.objects.open(timezone.now()).filter(
        email=address, role=role, **place
    ):
        withdraw_invitation(by=by, invitation=earlier)
    invitation = Invitation(
        email=address,
        display_name=display_name,
        role=role,
        language=language,
        invited_by=by if isinstance(by, User) else None,
        **place,
    )
    token = _new_token(invitation)
    invitation.full_clean()
    invitation.save()
    journal.record(by=by, verb="invite", about=invitation)
    _send(invitation, token)
    return invitation


@transaction.atomic
def renew_invitation(*, by: journal.Actor, invitation: Invitation) -> Invitation:
    """Send a new link that lasts anew; the one before is worth nothing.

    Raises `InvitationGoneError` for one that was accepted or withdrawn; one that is too old may be
    renewed.
    """
    held = locked(Invitation.objects.unanswered().filter(pk=invitation.pk))
    token = _new_token(held)
    held.save(update_fields=["token_hash", "created_at", "expires_at"])
    journal.record(by=by, verb="renew_invitation", about=held, fields=["token_hash", "expires_at"])
    _send(held, token)
    return held


@transaction.atomic
def withdraw_invitation(*, by: journal.Actor, invitation: Invitation) -> Invitation:
    """Let the link be worth nothing; raise `InvitationGoneError` for one that was accepted."""
    held = locked(Invitation.objects.filter(pk=invitation.pk, accepted_at=None))
    if held.withdrawn_at is None:
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])
        journal.record(by=by, verb="withdraw_invitation", about=held, fields=["withdrawn_at"])
    return held


@transaction.atomic
def withdraw_invitations_of(*, by: journal.Actor, user: User) -> None:
    """Withdraw what somebody has sent and nobody has accepted yet."""
    for invitation in Invitation.objects.unanswered().filter(invited_by=user):
        withdraw_invitation(by=by, invitation=invitation)


@transaction.atomic
def withdraw_what_is_no_longer_theirs(*, by: journal.Actor, user: User) -> None:
    """Withdraw what somebody has sent to roles that they may not give any more."""
    for invitation in Invitation.objects.unanswered().filter(invited_by=user):
        if not may_still_give(user, invitation):
            withdraw_invitation(by=by, invitation=invitation)


def may_still_give(maker: User | None, what: Invitation | HandedRole | RoleAssignment) -> bool:
    """Say whether who decided it may give or take the role today; the system (None) may."""
    return maker is None or may_give(maker, Role(what.role), what.place)


@transaction.atomic
def locked(among: QuerySet[Invitation]) -> Invitation:
    """Return the one among them, waiting for who else is at it; raise `InvitationGoneError`."""
    found = among.select_for_update().first()
    if found is None:
        raise gone()
    return found


def gone() -> InvitationGoneError:
    """Return what to raise for an invitation that is worth nothing."""
    return InvitationGoneError(_("Inbjudan gäller inte längre. Be om en ny."))


def _new_token(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    invitation.token_hash = hash_of_token(token)
    invitation.created_at, invitation.expires_at = now, now + INVITATION_LASTS
    return token


def _send(invitation: Invitation, token: str) -> None:
    send_letter(
        "invitation",
        to=invitation.email,
        language=invitation.language,
        invitation=invitation,
        link=own_address("account_invitation_link", invitation.language, token=token),
    )
