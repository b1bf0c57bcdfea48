"""Which room answers to which address; the public site, last, takes the rest in every language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("arbete/", include("halsonav.desk.urls")),
    path("konto/", include("allauth.account.urls")),
    path("", include("halsonav.design.urls")),
    *i18n_patterns(path("", include("halsonav.website.urls")), prefix_default_language=False),
]
handler403 = "halsonav.desk.views.forbidden"
handler404 = "halsonav.website.views.not_found"
handler500 = "halsonav.website.views.server_error"
