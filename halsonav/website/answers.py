"""How public pages may be kept: the same for everyone, until the answer may change."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

import halsonav
from halsonav.programme.finder import Finder, OutdatedError

KEPT_SECONDS = 60


def kept(request: HttpRequest, make: Callable[[Finder], HttpResponseBase]) -> HttpResponseBase:
    """Answer 304 when the reader has the page as it is, else make it; let proxies keep it.

    The tag says the state of the finder, the address and what kind of answer was asked for. When
    what the page shows is changed just then, it is made once more, from what stands there now.
    """
    try:
        return _kept(request, Finder(request.LANGUAGE_CODE), make)
    except OutdatedError:
        return _kept(request, Finder(request.LANGUAGE_CODE, up_to_date=True), make)


def _kept(
    request: HttpRequest, finder: Finder, make: Callable[[Finder], HttpResponseBase]
) -> HttpResponseBase:
    tag = _tag(request, finder)
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    response = HttpResponseNotModified() if known and tag in known else make(finder)
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        patch_vary_headers(response, ("Accept",))
    return response


def _tag(request: HttpRequest, finder: Finder) -> str:
    accept = request.META.get("HTTP_ACCEPT", "") if wants_json(request) else ""
    said = f"{halsonav.__version__} {finder.state} {request.get_full_path()} {accept}"
    return f'W/"{hashlib.blake2b(said.encode(), digest_size=10).hexdigest()}"'


def wants_json(request: HttpRequest) -> bool:
    """Whether the reader asks for JSON before HTML."""
    accept = request.META.get("HTTP_ACCEPT", "")
    return "application/json" in accept and "text/html" not in accept


def json_answer(body: str) -> HttpResponse:
    """Return ready JSON."""
    return HttpResponse(body, content_type="application/json")
