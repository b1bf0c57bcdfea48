"""The room `jobs` as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.jobs"
    label = "jobs"
