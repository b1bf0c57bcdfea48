"""What is demanded of those who sign in to a role."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from halsonav.people.forms.fields import say
from halsonav.people.models import Assurance
from halsonav.people.models.role_policy import LONGEST_HOURS, LONGEST_IDLE_MINUTES


class RoleDemandForm(forms.Form):
    """Two steps, how long a sign-in rests and lasts, and how sure another's sign-in must be."""

    two_factors = forms.BooleanField(required=False)
    idle_minutes = forms.IntegerField(min_value=1, max_value=LONGEST_IDLE_MINUTES)
    absolute_hours = forms.IntegerField(min_value=1, max_value=LONGEST_HOURS)
    assurance = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the fields."""
        super().__init__(*args, **kwargs)
        say(self.fields["two_factors"], _("Kräv två steg vid inloggning"))
        minutes = _("Skriv minuter, mellan 1 och %(most)s.") % {"most": LONGEST_IDLE_MINUTES}
        self._say_number("idle_minutes", _("Loggas ut efter så många minuter i vila"), minutes)
        hours = _("Skriv timmar, mellan 1 och %(most)s.") % {"most": LONGEST_HOURS}
        self._say_number("absolute_hours", _("En inloggning varar som längst, i timmar"), hours)
        hint = _("Gäller den som loggar in med sin kommuns eller regions konto.")
        say(self.fields["assurance"], _("Tillitsnivå"), _("Välj något i listan."), hint)
        field = self.fields["assurance"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
        field.choices = assurances()

    def _say_number(self, name: str, label: str, wrong: str) -> None:
        say(self.fields[name], label, wrong)
        for one in self.fields[name].validators:
            one.message = wrong  # type: ignore[attr-defined]


def assurances() -> list[tuple[str, str]]:
    """Return the levels of assurance in words."""
    levels = {Assurance.LOA2: 2, Assurance.LOA3: 3, Assurance.LOA4: 4}
    listed = [(key.value, _("Tillitsnivå %(level)s") % {"level": n}) for key, n in levels.items()]
    return [(Assurance.ANY.value, _("Vilken som helst")), *listed]
