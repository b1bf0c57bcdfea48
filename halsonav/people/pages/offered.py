"""What whoever holds an invitation's link is shown of it."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.models import Invitation, Role, User


class Answer(StrEnum):
    """What whoever asks has to do to accept."""

    SAY_NAME = "say name"
    """Nothing but say yes: there is no account yet."""
    SAY_YES = "say yes"
    """Nothing but say yes: it is to whoever is signed in."""
    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    """Somebody else is signed in than it is to."""


@dataclass(frozen=True)
class Offer:
    """An open invitation as it is shown: to which role where, from whom, to which name."""

    role: str
    place: str
    inviter: str
    name: str
    email: str
    answer: Answer


@transaction.atomic
def offer(*, by: journal.Actor, token: str) -> Offer | None:
    """Return what the link offers, or None when it is unknown, used, withdrawn or too old.

    A line tells that whoever invited was shown, unless their data is protected: then they are not.
    """
    held = Invitation.objects.open(timezone.now()).with_token(token)
    found = held.select_related("centre", "organisation", "invited_by").first()
    return None if found is None else _offer(by, found)


def _offer(by: journal.Actor, invitation: Invitation) -> Offer:
    return Offer(
        role=str(Role(invitation.role).label),
        place=str(invitation.place or ""),
        inviter=_inviter(by, invitation),
        name=invitation.display_name,
        email=invitation.email,
        answer=_answer(by, invitation),
    )


def _inviter(by: journal.Actor, invitation: Invitation) -> str:
    inviter = invitation.invited_by
    if inviter is None or inviter.is_protected:
        return ""
    journal.record_reading(by=by, people=[inviter], fields=["display_name"], why="invitation")
    return inviter.display_name


def _answer(by: journal.Actor, invitation: Invitation) -> Answer:
    if isinstance(by, User):
        return Answer.SAY_YES if by.email == invitation.email else Answer.SIGN_OUT
    known = User.objects.filter(email__iexact=invitation.email).exists()
    return Answer.SIGN_IN if known else Answer.SAY_NAME
