"""Devices that have signed in to an account before: each has a count of its own of wrong passwords.

So nobody locks a colleague out by guessing at the account from elsewhere. A signed cookie holds the
device's own number, drawn at random, and hashes of at most five accounts, nothing else.
"""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import get_random_string

from halsonav.people.signing_in.throttle import keyed

COOKIE: Final = f"{settings.COOKIE_PREFIX}halsonav_enhet"
SECONDS: Final = 180 * 24 * 3600
MOST: Final = 5
_SALT: Final = "halsonav.people.known_devices"


def device_for(request: HttpRequest, email: str) -> str:
    """Return the device's number if it has signed in to the account before, or nothing."""
    device, known = _read(request)
    return device if _mark(email) in known else ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let the device be known for the account."""
    device, before = _read(request)
    known = [_mark(email), *(mark for mark in before if mark != _mark(email))]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or get_random_string(16), known[:MOST]], salt=_SALT),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(email: str) -> str:
    return keyed(f"device of {email}")[:32]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    """Return the device's number and the accounts that it is known for."""
    held = request.COOKIES.get(COOKIE, "")
    try:
        device, known = signing.loads(held, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return "", []
    return device, known
