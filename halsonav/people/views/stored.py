"""What is stored about oneself, for those who have an account: as a page and as a file."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from halsonav.people.models import User
from halsonav.people.privacy import extract
from halsonav.people.views.asking import page, settings_crumb


@page()
def stored(request: HttpRequest, user: User) -> HttpResponse:
    """Show it."""
    context = {
        "heading": _("Det här finns sparat om dig"),
        "lead": _(
            "Allt som systemet har sparat om dig, vad det är till för och när det försvinner."
        ),
        "crumbs": [settings_crumb()],
        "parts": extract.of_person(user),
    }
    return render(request, "people/stored_about_you.html", context)


@page()
def stored_file(request: HttpRequest, user: User) -> HttpResponse:
    """Give it as JSON."""
    parts = [part.as_plain() for part in extract.of_person(user)]
    told = json.dumps(parts, ensure_ascii=False, indent=1)
    answer = HttpResponse(told, content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="mina-uppgifter.json"'
    return answer
