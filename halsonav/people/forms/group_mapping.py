"""Which role a group of the organisation's own sign-in gives, and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from halsonav.people.forms.fields import in_our_words, say
from halsonav.people.forms.people import RoleForm
from halsonav.people.models import User


class GroupForm(RoleForm):
    """A group as the provider names it, a role, and where it holds."""

    group = forms.CharField(max_length=200)
    field_order = ("group", "role", "place")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(user, *args, **kwargs)
        hint = _("Skriv den precis som den heter hos er inloggning, med stora och små bokstäver.")
        say(self.fields["group"], _("Grupp"), _("Skriv gruppens namn."), hint)
        in_our_words(self)
