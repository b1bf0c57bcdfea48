"""Invitations that nobody has answered yet, as those who manage people there are shown them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.models import Invitation, Role, User
from halsonav.people.pages.role_places import role_at
from halsonav.people.periods import day_in_words
from halsonav.people.rules import may_give

FIELDS = ("display_name", "email", "role")


@dataclass(frozen=True)
class Waiting:
    """One invitation: to whom, to what, until when."""

    id: int
    name: str
    email: str
    role: str
    until: str
    is_over: bool
    may_change: bool


@transaction.atomic
def invitations_shown(by: User) -> list[Waiting]:
    """Return the invitations that wait or have become too old; it is written down who was shown.

    Somebody whose data is protected is shown by name to who invited them alone: they wrote it.
    """
    waiting = Invitation.objects.visible_to(by).filter(accepted_at=None, withdrawn_at=None)
    rows = list(waiting.select_related("centre", "organisation").order_by("-created_at", "pk"))
    journal.record_reading(by=by, people=rows, fields=FIELDS, why="people:invitations")
    addresses = User.objects.filter(is_protected=True, email__in=[one.email for one in rows])
    hidden = set(addresses.values_list("email", flat=True))
    return [_waiting(by, one, hidden=_is_hidden(by, one, hidden)) for one in rows]


def _is_hidden(by: User, one: Invitation, hidden: set[str]) -> bool:
    return one.email in hidden and one.invited_by_id != by.pk


def _waiting(by: User, one: Invitation, *, hidden: bool) -> Waiting:
    return Waiting(
        id=one.pk,
        name=_("Skyddad person") if hidden else one.display_name,
        email="" if hidden else one.email,
        role=role_at(Role(one.role), one.place),
        until=day_in_words(timezone.localdate(one.expires_at)),
        is_over=one.expires_at <= timezone.now(),
        may_change=may_give(by, Role(one.role), one.place),
    )
