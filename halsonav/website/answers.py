"""How public pages may be kept: the same for everyone, until the answer may change."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

import halsonav
from halsonav.programme.finder import Finder

KEPT_SECONDS = 60


def kept(
    request: HttpRequest, finder: Finder, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer 304 when the reader has the page as it is, else make it; let proxies keep it.

    The tag says the state of the finder, the address and what kind of answer was asked for.
    """
    tag = _tag(request, finder)
    known = request.headers.get("If-None-Match", "")
    response = HttpResponseNotModified() if tag in known else make()
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        patch_vary_headers(response, ("Accept",))
    return response


def _tag(request: HttpRequest, finder: Finder) -> str:
    parts = (
        halsonav.__version__,
        *finder.state,
        request.get_full_path(),
        request.headers.get("Accept", "") if wants_json(request) else "",
    )
    return f'W/"{hashlib.sha1(repr(parts).encode(), usedforsecurity=False).hexdigest()[:20]}"'


def wants_json(request: HttpRequest) -> bool:
    """Whether the reader asks for JSON before HTML."""
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def json_answer(body: str) -> HttpResponse:
    """Return ready JSON."""
    return HttpResponse(body, content_type="application/json")
