"""What somebody sees of their own account: where they are signed in, and what they may do where."""

from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from halsonav.people.models import RoleAssignment, Session, User
from halsonav.people.signing_in.second_factor import has_second_factor


@dataclass(frozen=True)
class SignIn:
    """One sign-in: its id for ending it, its device, its times, and whether it is this one.

    The times are in UTC, or None for a sign-in from before they were noted.
    """

    id: str
    device: str
    started_at: datetime | None
    seen_at: datetime | None
    is_this: bool


@dataclass(frozen=True)
class OwnAccount:
    """An account as its owner sees it."""

    name: str
    email: str
    language: str
    two_steps: bool
    is_linked: bool
    sign_ins: list[SignIn]
    roles: list[RoleAssignment]

    @property
    def has_others(self) -> bool:
        """Say whether there is a sign-in besides this one."""
        return any(not one.is_this for one in self.sign_ins)


def own_account(user: User, this: str) -> OwnAccount:
    """Return the user's account; `this` is the id of the sign-in that asks."""
    rows = Session.objects.visible_to(user).filter(user=user).order_by("-seen_at")
    roles = RoleAssignment.objects.visible_to(user).filter(user=user)
    return OwnAccount(
        name=user.display_name,
        email=user.email,
        language=dict(settings.LANGUAGES).get(user.language, user.language),
        two_steps=has_second_factor(user),
        is_linked=SocialAccount.objects.filter(user=user).exists(),
        sign_ins=[
            SignIn(row.pk, row.device, row.started_at, row.seen_at, row.pk == this) for row in rows
        ],
        roles=list(roles.select_related("centre", "organisation").order_by("pk")),
    )
