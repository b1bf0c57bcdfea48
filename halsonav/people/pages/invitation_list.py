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

    Name and address are shown to who typed them alone. Others see role and place: whom an address
    belongs to, and whether their data is protected, is told to nobody by what is left out.
    """
    waiting = Invitation.objects.visible_to(by).filter(accepted_at=None, withdrawn_at=None)
    rows = list(waiting.select_related("centre", "organisation").order_by("-created_at", "pk"))
    typed = [one for one in rows if one.invited_by_id == by.pk]
    journal.record_reading(by=by, people=typed, fields=FIELDS, why="people:invitations")
    return [_waiting(by, one) for one in rows]


def _waiting(by: User, one: Invitation) -> Waiting:
    is_own = one.invited_by_id == by.pk
    return Waiting(
        id=one.pk,
        name=one.display_name if is_own else _("En kollega har bjudit in någon"),
        email=one.email if is_own else "",
        role=role_at(Role(one.role), one.place),
        until=day_in_words(timezone.localdate(one.expires_at)),
        is_over=one.expires_at <= timezone.now(),
        may_change=may_give(by, Role(one.role), one.place),
    )
