"""The room `people` as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.people"
    label = "people"
