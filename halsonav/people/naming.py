"""What a person is called where others see it: a protected one is a number that tells nobody."""

from django.utils.translation import gettext as _

from halsonav.people.models import User


def shown_name(person: User) -> str:
    """Return the name for lists, logs, letters and choices; never that of a protected person."""
    if person.is_protected:
        return _("Skyddad person %(number)d") % {"number": person.pk}
    return person.display_name
