"""Today: what needs the signed-in person now, told by the rooms that know."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from halsonav.design import panels
from halsonav.lib import dates
from halsonav.people.permissions import Permission
from halsonav.people.rules import may


@require_safe
@never_cache
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Show Today to staff."""
    if not may(request.user, Permission.SEE_WORKSPACE):
        raise PermissionDenied
    language = translation.get_language() or "sv"
    context = {
        "heading": _("I dag"),
        "day": dates.long_day(timezone.localdate(), language),
        "panels": panels.panels_for(request.user),
    }
    return render(request, "desk/today.html", context)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the person may not, and where to go from here."""
    context = {
        "code": 403,
        "heading": _("Du har inte rätt till den här sidan"),
        "lead": _("Behöver du den i ditt arbete? Be den som gav dig din roll om rätten."),
        "links": [{"href": "/", "text": _("Till startsidan")}],
    }
    return render(request, "design/message.html", context, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was not sent from our own fresh page, and what to do."""
    context = {
        "code": 403,
        "heading": _("Formuläret gick inte att skicka"),
        "lead": _("Sidan kan ha legat öppen länge. Gå tillbaka, ladda om sidan och försök igen."),
        "links": [{"href": request.path, "text": _("Öppna formuläret på nytt")}],
    }
    return render(request, "design/message.html", context, status=403)
