"""What one chooses for oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _


class LanguageForm(forms.Form):
    """The language that the workspace speaks."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        field.label = _("Språk")
        field.help_text = _("Arbetsytan och breven till dig talar det språket.")
        field.error_messages |= dict.fromkeys(("required", "invalid_choice"), _("Välj ett språk."))
