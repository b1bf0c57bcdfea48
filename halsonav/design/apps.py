"""The room `design` as a Django app."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.design"
    label = "design"
