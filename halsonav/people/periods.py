"""Days from and to, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_words(day: date) -> str:
    """Return "3 mars 2027"."""
    return date_format(day, "j F Y")


def period_in_words(from_day: date, to_day: date | None) -> str:
    """Return "Från 3 mars 2027", or with the last day "Från 3 mars 2027 till 1 april 2027"."""
    first = day_in_words(from_day)
    if to_day is None:
        return _("Från %(first)s") % {"first": first}
    return _("Från %(first)s till %(last)s") % {"first": first, "last": day_in_words(to_day)}
