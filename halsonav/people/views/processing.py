"""The record of processing, for managers and those who run the installation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from halsonav.people.models import User
from halsonav.people.permissions import Permission
from halsonav.people.privacy.processing import controllers, processings
from halsonav.people.privacy.register import HOST, MEASURES, NO_TRANSFER
from halsonav.people.views.asking import page, settings_crumb


@page(Permission.MANAGE_PEOPLE)
def record(request: HttpRequest, user: User) -> HttpResponse:
    """Show it."""
    context = {
        "heading": _("Behandlingar av personuppgifter"),
        "lead": _(
            "Det här är registret enligt artikel 30 i dataskyddsförordningen. Det görs ur systemet"
            " självt, så det stämmer alltid med vad som sparas."
        ),
        "crumbs": [settings_crumb()],
        "controllers": controllers(),
        "common": {"recipients": HOST, "transfers": NO_TRANSFER, "measures": MEASURES},
        "processings": processings(),
    }
    return render(request, "people/processing.html", context)
