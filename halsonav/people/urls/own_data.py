"""Addresses of asking what is stored about oneself, in each language, for who has no account."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from halsonav.people.views import own_data

app_name = "own_data"
urlpatterns = [
    path("", own_data.ask, name="ask"),
    path(_("radera/"), own_data.erase, name="erase"),
    path(_("lank/<str:token>/"), own_data.link, name="link"),
]
