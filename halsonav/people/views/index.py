"""The first page of the settings: what one may reach, each with a line that says what it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_urlconf
from django.utils import translation
from django.utils.translation import gettext as _

from halsonav.design import menu
from halsonav.people.models import User
from halsonav.people.views.asking import page


@page()
def settings(request: HttpRequest, user: User) -> HttpResponse:
    """Show the list."""
    language = translation.get_language() or "sv"
    rows = menu.settings_pages.rows(language, get_urlconf() or "", request.path, user)
    return render(request, "people/settings.html", {"heading": _("Inställningar"), "rows": rows})
