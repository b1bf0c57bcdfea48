"""The public site's addresses."""

from django.urls import URLPattern, path

app_name = "website"
urlpatterns: list[URLPattern] = [
    path("aktiviteter/<slug:slug>/<int:occurrence>/", lambda r, **k: None, name="occurrence"),
]
