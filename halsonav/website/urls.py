"""The public site's addresses; each language has its own words in them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from halsonav.website import feeds, views

app_name = "website"
urlpatterns = [
    path("", views.start, name="start"),
    path(_("aktiviteter/"), views.find, name="find"),
    path(_("aktiviteter/kalender.ics"), feeds.search_calendar, name="search_calendar"),
    path(_("aktiviteter/<slug:slug>/"), views.activity, name="activity"),
    path(_("aktiviteter/<slug:slug>/<int:occurrence>/"), views.activity, name="occurrence"),
    path(
        _("aktiviteter/<slug:slug>/<int:occurrence>.ics"),
        feeds.occurrence_calendar,
        name="occurrence_calendar",
    ),
    path(_("teman/"), views.themes, name="themes"),
    path(_("teman/<slug:slug>/"), views.theme, name="theme"),
    path(_("omraden/"), views.areas, name="areas"),
    path(_("omraden/<slug:slug>/"), views.area, name="area"),
    path(_("prata/"), views.talk, name="talk"),
    path(_("om/"), views.about, name="about"),
    path(_("tillganglighet/"), views.accessibility, name="accessibility"),
    path(_("dina-uppgifter/"), views.privacy, name="privacy"),
]
