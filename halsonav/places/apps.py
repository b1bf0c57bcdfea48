"""The room `places` as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the room."""

    name = "halsonav.places"
    label = "places"

    def ready(self) -> None:
        """Say in the register what is kept about people."""
        from halsonav.places import journal_words  # noqa: PLC0415 (models come first)
        from halsonav.places.personal_data import register  # noqa: PLC0415 (models come first)

        journal_words.register()
        register()
