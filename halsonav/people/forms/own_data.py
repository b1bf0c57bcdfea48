"""The question what is stored of an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halsonav.people.signing_in import throttle


class OwnDataForm(forms.Form):
    """An e-mail address; how often it may be asked is counted on the network."""

    email = forms.EmailField(
        label=_("Din e-postadress"),
        max_length=254,
        help_text=_("Vi skickar ett brev dit, så att bara du får se svaret."),
        error_messages={
            "required": _("Skriv din e-postadress."),
            "invalid": _("Skriv hela e-postadressen, som namn@exempel.se."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, network: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network

    def clean(self) -> dict[str, Any]:
        """Refuse when many letters were asked for from the same network within the hour."""
        if not self.errors and not throttle.admit("letter/network", self.network):
            raise ValidationError(_("Det blev för många försök. Vänta en stund och prova igen."))
        return super().clean() or {}
