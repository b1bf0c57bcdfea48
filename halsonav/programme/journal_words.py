"""What this room's verbs in the journal are called in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halsonav.people import journal_words

VERBS: Final[dict[str, journal_words.Words]] = {
    "activity.change": _("ändrade en aktivitet"),
    "activity.confirm": _("bekräftade en aktivitet"),
    "activity.create": _("lade till en aktivitet"),
    "activity.hold": _("lät tillfällen räknas som genomförda"),
    "activity.publish": _("publicerade en aktivitet"),
    "activity.translate": _("översatte en aktivitet"),
    "activity.withdraw": _("tog bort en aktivitet från webbplatsen"),
    "missed_search.forget": _("glömde sökningar utan träff"),
    "occurrence.cancel": _("ställde in ett tillfälle"),
    "occurrence.hold": _("lät ett tillfälle räknas som genomfört"),
    "occurrence.move": _("flyttade ett tillfälle"),
    "occurrence.places": _("ändrade antalet platser"),
    "schedule.add": _("lade till ett schema"),
    "schedule.change": _("ändrade ett schema"),
    "schedule.remove": _("tog bort ett schema"),
    "target_group.set": _("ändrade en målgrupp"),
    "theme.set": _("ändrade ett tema"),
}


def register() -> None:
    """Say them."""
    journal_words.say(VERBS)
