"""What every answer carries, whoever asks: what a browser may do with it, and who may keep it."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from whitenoise.middleware import WhiteNoiseFileResponse

PERMISSIONS: Final = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
"""What a page may ask a reader's device for: the place alone, for "near me"."""
USUAL: Final = ("GET", "HEAD", "POST")
"""How pages are asked for: to be read, or with a form."""
FOR_ALL: Final = {
    "Permissions-Policy": PERMISSIONS,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
HTTPS_ALONE: Final = "max-age={}; includeSubDomains"
FOR_NOBODY: Final = "no-store, private"
"""Said of what is not the same for everybody: neither proxy nor browser keeps it."""
PUBLIC_STATUSES: Final = frozenset((200, 301, 302, 304))
FORGET: Final = '"cache", "storage"'
"""What a browser throws away at sign-out: who comes next at the library sees nothing."""


def guards() -> dict[str, str]:
    """Return what goes with every answer, also a file and one that no page of ours gave.

    The proxy's https is not seen here, so Django says nothing of it: `ORIGIN` tells.
    """
    told = {HEADER: _policy(), **FOR_ALL}
    if settings.SECURE_BROWSER:
        told["Strict-Transport-Security"] = HTTPS_ALONE.format(settings.HTTPS_SECONDS)
    return told


@cache
def _policy() -> str:
    """Return the content security policy: no page has one of its own, so it is made once."""
    return str(build_policy())


class SecurityHeaders(CSPMiddleware):
    """Sends the content security policy.

    With it goes what a page may ask a device for, that it is asked for by https, that other sites
    neither open nor embed it, and that nobody keeps what is not public.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Put the headers on the answer."""
        for name, value in guards().items():
            response.headers[name] = value
        if not _is_public(request, response):
            response.headers["Cache-Control"] = FOR_NOBODY
        if _signs_out(request, response):
            response.headers["Clear-Site-Data"] = FORGET
        return response


def _is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether the answer is a file, or a public page that went well: the same for all."""
    if isinstance(response, WhiteNoiseFileResponse):
        return True
    match = request.resolver_match
    known = match is not None and bool(set(match.namespaces) & settings.PUBLIC_NAMESPACES)
    return known and response.status_code in PUBLIC_STATUSES and not response.cookies


def _signs_out(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    gone = match is not None and match.url_name == "account_logout"
    return gone and response.status_code == 302


class UsualMethods:
    """Refuses every way of asking that no page of ours has, before its view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let everything through; a public page has its own, narrower rule and its own words."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseBase | None:
        """Answer 405 with what may be asked, or let the view answer."""
        return None if request.method in USUAL else HttpResponseNotAllowed(USUAL)
