"""The room `messages` as a Django app."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.messages"
    label = "outbox"
