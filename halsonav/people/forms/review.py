"""What somebody says of a reading that was drawn."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from halsonav.people.forms.fields import say
from halsonav.people.models import AskReason, Verdict


class VerdictForm(forms.Form):
    """That it belongs to the work, or that it is to be asked about and why."""

    verdict = forms.ChoiceField(choices=[(one, one) for one in (Verdict.OK, Verdict.ASK)])
    reason = forms.ChoiceField(choices=[("", ""), *AskReason.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the fields."""
        super().__init__(*args, **kwargs)
        say(self.fields["verdict"], _("Omdöme"), _("Välj om visningen hör till arbetet."))
        say(self.fields["reason"], _("Skäl"), _("Välj ett skäl i listan."))

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where there must be one, and drop it where there is none."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("verdict") == Verdict.ASK and not given.get("reason"):
            raise ValidationError(_("Välj varför du vill fråga om visningen."))
        if given.get("verdict") == Verdict.OK:
            given["reason"] = ""
        return given
