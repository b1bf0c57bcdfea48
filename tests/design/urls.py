"""Addresses for the room's tests: pages with and without languages, the catalogue."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, **named: object) -> HttpResponse:
    return HttpResponse("page")


urlpatterns = [
    path("", include("halsonav.design.urls")),
    path("konto/", include("allauth.account.urls")),
    path("konto/tva-steg/", include("allauth.mfa.urls")),
    path("arbete/", page, name="work"),
    path("arbete/program/", page, name="work-programme"),
    *i18n_patterns(
        path("", page, name="start"),
        path("aktiviteter/", page, name="find"),
        path("aktivitet/<int:number>/", page, name="activity"),
        prefix_default_language=False,
    ),
]
