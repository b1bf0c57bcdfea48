"""Whose site this is: name, telephone and look, told by the room that knows.

`website` registers a function; until then the site carries the product's own name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Site:
    """What header and footer say. `stylesheet` is the address of a theme's CSS, or empty."""

    name: str
    line: str = ""
    phone: str = ""
    hours: str = ""
    contact_url: str = ""
    stylesheet: str = ""

    @property
    def phone_href(self) -> str:
        """Return the number as a `tel:` address in international form, or an empty string."""
        return phone_href(self.phone)


Build = Callable[[HttpRequest], Site]
_registered: list[Build] = []


def phone_href(number: str) -> str:
    """Return a Swedish number as written for people as a `tel:` address: 031-390 06 10 → +46…"""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    if not digits:
        return ""
    return "tel:+46" + digits[1:] if digits.startswith("0") else f"tel:{digits}"


def register_site(build: Build) -> None:
    """Let `build(request)` say whose site it is. It runs on every page: keep it free of queries."""
    _registered[:] = [build]


def current_site(request: HttpRequest) -> Site:
    """Return the site that answers this request."""
    return _registered[0](request) if _registered else Site(name=settings.SITE_NAME)
