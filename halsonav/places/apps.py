"""The room `places` as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.places"
    label = "places"
