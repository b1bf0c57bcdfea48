"""What public pages go through: their language, by address alone, and that they are only read."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

_PREFIXED = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
READING: Final = ("GET", "HEAD")


def language_of(path: str) -> str:
    """Return the language of an address; Swedish too for what is no address, as `OPTIONS *`."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in _PREFIXED else settings.LANGUAGE_CODE


class LanguageByAddress:
    """Speaks the language of the address's first part; Swedish has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the address's language."""
        language = language_of(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OnlyRead:
    """Refuses what would write to a public page, before anything reads what was sent.

    It stands before the check of forms, whose words are about a form that nobody has sent here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let everything through; what is asked for is known when its view is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Answer 405 when a page of the public site is asked for in another way than to be read."""
        match = request.resolver_match
        if request.method in READING or match is None or match.namespace != "website":
            return None
        context = {
            "heading": _("Sidan går bara att läsa"),
            "lead": _("Det går inte att skicka något hit. Öppna sidan som vanligt."),
            "links": [{"href": request.path, "text": _("Öppna sidan")}],
        }
        response = render(request, "design/message.html", context, status=405)
        response.headers["Allow"] = ", ".join(READING)
        return response
