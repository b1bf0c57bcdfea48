"""The room `desk` as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.desk"
    label = "desk"
