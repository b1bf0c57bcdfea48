"""Language by address, and nothing else: no cookie, no header decides what page one gets."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

_PREFIXED = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


class LanguageByAddress:
    """Speaks the language of the address's first part; Swedish has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the address's language."""
        first = request.path_info.split("/", 2)[1]
        language = first if first in _PREFIXED else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
