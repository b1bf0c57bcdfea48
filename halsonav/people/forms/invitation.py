"""The form for saying yes to an invitation."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class AcceptForm(forms.Form):
    """How somebody new wants to be called."""

    display_name = forms.CharField(max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the words on the field in the language of the page."""
        super().__init__(*args, **kwargs)
        field = self.fields["display_name"]
        field.label = _("Vad heter du?")
        field.help_text = _("Så ser de du arbetar med vem du är.")
        field.error_messages["required"] = _("Skriv vad du heter.")
        field.widget.attrs["autocomplete"] = "name"
