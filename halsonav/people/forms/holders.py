"""The forms about who holds a function, from when to when."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people.forms.fields import in_our_words, say
from halsonav.people.models import User, identity_open_to


class DayField(forms.DateField):
    """A day, typed or chosen; what is none is told plainly."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        """Take days as browsers send them."""
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """Return the day; a text that is far too long for one is none."""
        return super().to_python(value[:40] if isinstance(value, str) else value)


def say_day(field: forms.Field, label: str, hint: str = "") -> None:
    """Give a field for a day its words."""
    say(field, label, _("Skriv dagen som åååå-mm-dd."), hint)


def known_person(user: User, email: str) -> User | None:
    """Return whom the user may see with the address, name and all; nobody else is found."""
    seen = User.objects.visible_to(user).filter(pk__in=identity_open_to(user).values("pk"))
    found: User | None = seen.filter(email__iexact=email.strip()).first()
    return found


class AppointForm(forms.Form):
    """Who holds a function: a person by e-mail, or a role in words."""

    email = forms.CharField(max_length=254, required=False)
    described_as = forms.CharField(max_length=200, required=False)
    from_day = DayField()
    to_day = DayField(required=False)

    def __init__(self, user: User, data: Any = None) -> None:
        """Put our words on the fields."""
        super().__init__(data, initial={"from_day": timezone.localdate()})
        self.user = user
        self.person: User | None = None
        hint = _("Adressen som personen loggar in med.")
        say(self.fields["email"], _("Personens e-postadress"), hint=hint)
        hint = _("Om den som har funktionen inte loggar in här. Skriv inget namn på en person.")
        say(self.fields["described_as"], _("Eller en roll i ord"), hint=hint)
        say_day(self.fields["from_day"], _("Från och med"))
        say_day(self.fields["to_day"], _("Till och med"))
        in_our_words(self)

    def clean(self) -> dict[str, Any]:
        """Find the person; refuse both or neither, and an end before the beginning."""
        given: dict[str, Any] = super().clean() or {}
        email, words = given.get("email", ""), given.get("described_as", "")
        if not self.errors and bool(email) == bool(words):
            raise ValidationError({"email": _("Skriv antingen en e-postadress eller en roll.")})
        self.person = known_person(self.user, email) if email else None
        if email and self.person is None:
            raise ValidationError({"email": _("Du hanterar ingen person med den adressen.")})
        first, last = given.get("from_day"), given.get("to_day")
        if first and last and last < first:
            raise ValidationError({"to_day": _("Sista dagen kan inte vara före den första.")})
        return given


class EndForm(forms.Form):
    """The last day of a holding."""

    to_day = DayField()

    def __init__(self, from_day: date, data: Any = None) -> None:
        """Put our words on the field; `from_day` is when the holding began."""
        super().__init__(data, initial={"to_day": timezone.localdate()})
        self.from_day = from_day
        say_day(self.fields["to_day"], _("Sista dagen"))

    def clean_to_day(self) -> date:
        """Refuse a last day before the first."""
        day: date = self.cleaned_data["to_day"]
        if day < self.from_day:
            raise ValidationError(_("Sista dagen kan inte vara före den första."))
        return day
