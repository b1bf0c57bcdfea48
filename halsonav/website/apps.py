"""The room `website` as a Django app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.website"
    label = "website"
