"""What is looked for in the log."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.lib.text import clean
from halsonav.people.forms.fields import in_our_words, say
from halsonav.people.forms.holders import DayField, say_day
from halsonav.people.journal_words import verbs
from halsonav.people.pages.access_log import Kind, Sought

USUAL: Final = timedelta(days=30)
FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2100, 1, 1)


class LogForm(forms.Form):
    """Who, with whom, what, which kind, and from when to when."""

    vem = forms.CharField(max_length=100, required=False)
    om = forms.CharField(max_length=100, required=False)
    vad = forms.ChoiceField(required=False)
    slag = forms.ChoiceField(required=False)
    fran = DayField(required=False)
    till = DayField(required=False)

    def __init__(self, data: Any) -> None:
        """Put our words on the fields; without a period the last 30 days are looked through."""
        today = timezone.localdate()
        usual = {"fran": (today - USUAL).isoformat(), "till": today.isoformat()}
        super().__init__({**usual, **{name: data[name] for name in data if data[name]}})
        say(self.fields["vem"], _("Vem gjorde det?"))
        say(self.fields["om"], _("Vem gällde det?"))
        wrong = _("Välj något i listan.")
        say(self.fields["vad"], _("Vad hände?"), wrong)
        say(self.fields["slag"], _("Slag"), wrong)
        for name, listed in (("vad", self._deeds()), ("slag", self._kinds())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
            field.choices = listed
        say_day(self.fields["fran"], _("Från och med"))
        say_day(self.fields["till"], _("Till och med"))
        in_our_words(self)

    def _deeds(self) -> list[tuple[str, str]]:
        said = {str(words): verb for verb, words in verbs().items()}
        listed = [(said[words], words[:1].upper() + words[1:]) for words in sorted(said)]
        return [("", _("Vad som helst")), *listed]

    def _kinds(self) -> list[tuple[str, str]]:
        return [
            (Kind.ALL.value, _("Allt")),
            (Kind.READS.value, _("Någon såg uppgifter")),
            (Kind.WRITES.value, _("Något ändrades")),
        ]

    def clean_fran(self) -> date | None:
        """Keep the day among those that there can be lines of."""
        return _within(self.cleaned_data["fran"])

    def clean_till(self) -> date | None:
        """Keep the day among those that there can be lines of."""
        return _within(self.cleaned_data["till"])

    def sought(self, before: int | None) -> Sought:
        """Return what is looked for; of a valid form."""
        given = self.cleaned_data
        return Sought(
            who=clean(given["vem"], 100),
            whom=clean(given["om"], 100),
            verb=given["vad"],
            kind=Kind(given["slag"]),
            from_day=given["fran"],
            to_day=given["till"],
            before=before,
        )


def _within(day: date | None) -> date | None:
    return None if day is None else min(max(day, FIRST), LAST)
