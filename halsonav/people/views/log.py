"""The log: who did or saw what; and who has seen one's own data."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from halsonav.people.forms import LogForm
from halsonav.people.models import User
from halsonav.people.pages.access_log import Log, log_shown, readings_of_self
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import page, settings_crumb


@page(Permission.READ_JOURNAL)
def log(request: HttpRequest, user: User) -> HttpResponse:
    """Show a page of the lines that the user may read."""
    form = LogForm(request.GET)
    shown = log_shown(user, form.sought(_before(request))) if form.is_valid() else Log()
    context = {
        "heading": _("Loggen"),
        "lead": _("Här står vem som har gjort och sett vad. Att du tittar här skrivs också ner."),
        "crumbs": [settings_crumb()],
        "form": form,
        "log": shown,
        "older": _older(request, shown),
        "is_newest": _before(request) is None,
    }
    return render(request, "people/log.html", context)


@page()
def own_readings(request: HttpRequest, user: User) -> HttpResponse:
    """Show who has seen one's own data."""
    shown = readings_of_self(user, _before(request))
    account = {"href": reverse("people:account"), "label": _("Ditt konto")}
    context = {
        "heading": _("Vem har sett dina uppgifter"),
        "lead": _("Varje gång någon annan får se uppgifter om dig skrivs det ner."),
        "crumbs": [settings_crumb(), account],
        "log": shown,
        "older": _older(request, shown),
        "is_newest": _before(request) is None,
    }
    return render(request, "people/own_readings.html", context)


def _before(request: HttpRequest) -> int | None:
    """Return the number of the line that the page ends at; nothing for what is no number."""
    said = request.GET.get("fore", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def _older(request: HttpRequest, shown: Log) -> str:
    if shown.before is None:
        return ""
    return f"?{urlencode(dict(request.GET.items()) | {'fore': str(shown.before)})}"
