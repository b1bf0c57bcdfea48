"""What this room's verbs in the journal are called in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halsonav.people import journal_words

VERBS: Final[dict[str, journal_words.Words]] = {
    "create_area": _("lade till ett område"),
    "create_venue": _("lade till en lokal"),
    "import_postcodes": _("läste in postnummer"),
    "serve_area": _("gav en verksamhet ett område"),
    "set_population": _("läste in befolkning"),
    "set_venue_facts": _("ändrade uppgifter om en lokal"),
}


def register() -> None:
    """Say them."""
    journal_words.say(VERBS)
