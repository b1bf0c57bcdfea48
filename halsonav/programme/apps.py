"""The room `programme` as a Django app."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.programme"
    label = "programme"
