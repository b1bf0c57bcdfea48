"""Devices that have signed in to an account before: they keep their own count of wrong passwords.

So nobody locks a colleague out by guessing at the account from elsewhere. A signed cookie holds
hashes of at most five accounts, nothing else.
"""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from halsonav.people.throttle import keyed

COOKIE: Final = "halsonav_enhet"
SECONDS: Final = 180 * 24 * 3600
MOST: Final = 5
_SALT: Final = "halsonav.people.known_devices"


def knows(request: HttpRequest, email: str) -> bool:
    """Say whether the device has signed in to the account before."""
    return _mark(email) in _known(request)


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let the device be known for the account."""
    known = [_mark(email), *(mark for mark in _known(request) if mark != _mark(email))]
    response.set_cookie(
        COOKIE,
        signing.dumps(known[:MOST], salt=_SALT),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(email: str) -> str:
    return keyed(f"device of {email}")[:32]


def _known(request: HttpRequest) -> list[str]:
    try:
        known: list[str] = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=SECONDS
        )
    except signing.BadSignature:
        return []
    return known
