"""What every answer goes through: its language, by address alone, and its content policy."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

_PREFIXED = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}


class ContentPolicy(CSPMiddleware):
    """Sends the content security policy; no page of ours has one of its own, so it is made once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Put the policy on the answer."""
        response.headers[HEADER] = self._policy
        if settings.SECURE_BROWSER:  # the proxy's https is not seen here, so Django says nothing
            response.headers["Strict-Transport-Security"] = f"max-age={settings.HTTPS_SECONDS}"
        return response


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
