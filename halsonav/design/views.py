"""The living catalogue of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from halsonav.design import catalogue as shown

LANGUAGES = ("sv", "ar")


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every component; `?sprak=ar` shows them right-to-left. Staff and the demo only."""
    if not (settings.DEMO or getattr(request.user, "is_staff", False)):
        raise Http404
    asked = request.GET.get("sprak", "sv")
    language = asked if asked in LANGUAGES else "sv"
    with translation.override(language):
        words = shown.words(language)
        context = {
            "groups": shown.groups(),
            "icons": shown.icon_names(),
            "tokens": shown.TOKENS,
            "w": words,
            "search": {"action": "#", "name": "q", "label": words["question"], "value": ""},
            **shown.forms_shown(),
        }
        return render(request, "design/catalogue.html", context)
