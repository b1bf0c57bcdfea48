"""Which room answers to which address; signing in and the public site do so in every language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from halsonav.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("status/lever/", health.alive, name="alive"),
    path("status/redo/", health.ready, name="ready"),
    path("arbete/installningar/", include("halsonav.people.urls.work")),
    path("arbete/", include("halsonav.desk.urls")),
    path("", include("halsonav.design.urls")),
    *i18n_patterns(
        path(_("konto/"), include("halsonav.people.urls.sign_in")),
        path(_("dina-uppgifter/fraga/"), include("halsonav.people.urls.own_data")),
        path("", include("halsonav.website.urls")),
        prefix_default_language=False,
    ),
]
handler400 = "halsonav.website.views.bad_request"
handler403 = "halsonav.desk.views.forbidden"
handler404 = "halsonav.website.views.not_found"
handler500 = "halsonav.website.views.server_error"
