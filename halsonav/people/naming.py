"""What a person is called where others see it: a protected one is a number that tells nobody."""

import re

from django.db.models import Q
from django.utils.translation import gettext as _

from halsonav.people.models import User


def shown_name(person: User) -> str:
    """Return the name for lists, logs, letters and choices; never that of a protected person."""
    if person.is_protected:
        return _("Skyddad person %(number)d") % {"number": person.pk}
    return person.display_name


def name_like(word: str) -> Q:
    """Return the condition that a name holds the word, whatever the case, on both engines."""
    return Q(display_name__iregex=re.escape(word))
