"""What a session knows of a sign-in by an identity provider: how sure it is, how it is ended."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase

from halsonav.people.models import Assurance, User
from halsonav.people.signing_in.oidc import Identity
from halsonav.people.signing_in.second_factor import SecondFactorAdapter

_KEY: Final = "_outside"


@dataclass(frozen=True)
class Outside:
    """How sure the provider was, and whether it saw two factors."""

    level: Assurance = Assurance.ANY
    two_factors: bool = False


def remember(
    session: SessionBase, user: User, identity: Identity, end_point: str = "", id_token: str = ""
) -> None:
    """Note that the user comes from the provider; the ID token is encrypted, for signing out."""
    session[_KEY] = {
        "user": user.pk,
        "level": identity.level.value,
        "two_factors": identity.two_factors,
        "end_point": end_point,
        "id_token": SecondFactorAdapter().encrypt(id_token) if end_point else "",
    }


def forget(session: SessionBase) -> None:
    """Note that whoever signs in now does not come from a provider."""
    session.pop(_KEY, None)


def outside_of(session: SessionBase, user: User) -> Outside | None:
    """Return what is known, or None when the user has not come from a provider."""
    held = session.get(_KEY)
    if not held or held["user"] != user.pk:
        return None
    return Outside(Assurance(held["level"]), held["two_factors"])


def end_address_of(session: SessionBase, user: User, back_to: str) -> str:
    """Return where the user signs out of the provider too, or "" when it has no such page."""
    held = session.get(_KEY)
    if not held or held["user"] != user.pk or not held["end_point"]:
        return ""
    hint = SecondFactorAdapter().decrypt(held["id_token"])
    asked = urlencode({"id_token_hint": hint, "post_logout_redirect_uri": back_to})
    return f"{held['end_point']}{'&' if '?' in held['end_point'] else '?'}{asked}"
