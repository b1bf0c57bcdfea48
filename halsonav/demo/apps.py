"""The room `demo` as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.demo"
    label = "demo"

    def ready(self) -> None:
        """Say the room's verb in the journal in words."""
        from halsonav.people import journal_words  # noqa: PLC0415 (models come first)

        journal_words.say({"demo.fill": _("fyllde på med exempel")})
