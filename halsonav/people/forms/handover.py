"""The forms for when somebody hands over or leaves."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people.actions import Newcomer
from halsonav.people.forms.fields import in_our_words, say
from halsonav.people.forms.holders import DayField, known_person, say_day
from halsonav.people.models import FunctionHolder, RoleAssignment, User
from halsonav.people.pages.role_places import role_at
from halsonav.people.rules import may_give

A_DAY: Final = timedelta(days=1)


class LeaveForm(forms.Form):
    """The last day."""

    last_day = DayField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        hint = _("Dagen efter tas rollerna bort och kontot stängs.")
        say_day(self.fields["last_day"], _("Sista dagen"), hint)

    def clean_last_day(self) -> date:
        """Refuse a day that is over."""
        return _not_over(self.cleaned_data["last_day"])


class HandOverForm(forms.Form):
    """To whom, what, and from when to when."""

    email = forms.EmailField(max_length=254)
    display_name = forms.CharField(max_length=120, required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, initial="sv", required=False)
    roles = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    functions = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    last_day = DayField()
    from_day = DayField(required=False)
    closes_account = forms.BooleanField(required=False, initial=True)

    def __init__(self, user: User, leaver: User, data: Any = None) -> None:
        """Offer what the leaver has and the user may hand over."""
        today = timezone.localdate()
        self.user = user
        self.held = {str(one.pk): one for one in _roles(user, leaver)}
        self.posts = {str(one.pk): one for one in _functions(user, leaver, today)}
        all_of_it = {"roles": [*self.held], "functions": [*self.posts]}
        super().__init__(data, initial=all_of_it)
        self.person: User | None = None
        self._say()

    def _say(self) -> None:
        email = self.fields["email"]
        hint = _("Har personen inget konto här får den en inbjudan.")
        say(email, _("Efterträdarens e-postadress"), _("Skriv efterträdarens e-postadress."), hint)
        email.validators = [
            EmailValidator(_("Skriv e-postadressen så här: namn@exempel.se.")),
            MaxLengthValidator(254),
        ]
        hint = _("Behövs bara om personen inte har något konto.")
        say(self.fields["display_name"], _("Efterträdarens namn"), hint=hint)
        say(self.fields["language"], _("Inbjudans språk"), _("Välj ett språk."))
        wrong = _("Välj bland det som personen har.")
        say(self.fields["roles"], _("Roller att lämna över"), wrong)
        self._offer("roles", [(key, _role(one)) for key, one in self.held.items()])
        say(self.fields["functions"], _("Funktioner att lämna över"), wrong)
        self._offer("functions", [(key, one.function.title) for key, one in self.posts.items()])
        say_day(self.fields["last_day"], _("Sista dagen för den som slutar"))
        hint = _("Skriver du ingen dag blir det dagen efter sista dagen.")
        say_day(self.fields["from_day"], _("Den nya tar över från"), hint)
        label = _("Stäng kontot och avsluta allt annat efter sista dagen")
        say(self.fields["closes_account"], label)
        in_our_words(self)

    def _offer(self, name: str, listed: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 (for the checker)
        field.choices = listed
        if not listed:
            del self.fields[name]

    def clean_last_day(self) -> date:
        """Refuse a day that is over."""
        return _not_over(self.cleaned_data["last_day"])

    def clean_from_day(self) -> date | None:
        """Refuse a day that is over; none is the day after the last, where that is one."""
        day, last = self.cleaned_data["from_day"], self.cleaned_data.get("last_day")
        if day:
            return _not_over(day)
        return min(last, date.max - A_DAY) + A_DAY if last else None

    def clean(self) -> dict[str, Any]:
        """Find the successor; a new one needs a name, and a role to be invited to."""
        given: dict[str, Any] = super().clean() or {}
        email = given.get("email", "")
        self.person = known_person(self.user, email) if email else None
        if email and self.person is None and not given.get("display_name"):
            said = _("Ingen du hanterar har den adressen. Skriv namnet, så bjuds personen in.")
            raise ValidationError({"display_name": said})
        return given

    @property
    def successor(self) -> User | Newcomer:
        """Return who takes over: somebody whom the user may see, or a newcomer to be invited."""
        given = self.cleaned_data
        language = given["language"] or settings.LANGUAGE_CODE
        return self.person or Newcomer(given["email"], given["display_name"], language)

    @property
    def chosen_roles(self) -> list[RoleAssignment]:
        """Return the roles to hand over."""
        return [self.held[key] for key in self.cleaned_data.get("roles", [])]

    @property
    def chosen_holdings(self) -> list[FunctionHolder]:
        """Return the holdings of functions to hand over."""
        return [self.posts[key] for key in self.cleaned_data.get("functions", [])]


def _roles(user: User, leaver: User) -> list[RoleAssignment]:
    """Return the leaver's roles that the user may give to another."""
    held = RoleAssignment.objects.visible_to(user).filter(user=leaver)
    listed = held.select_related("centre", "organisation", "user").order_by("pk")
    return [one for one in listed if may_give(user, one.held_role, one.place)]


def _functions(user: User, leaver: User, today: date) -> list[FunctionHolder]:
    held = FunctionHolder.objects.visible_to(user).filter(user=leaver)
    left = held.filter(to_day=None) | held.filter(to_day__gte=today)
    return list(left.select_related("function__organisation").order_by("pk"))


def _role(held: RoleAssignment) -> str:
    return role_at(held.held_role, held.place)


def _not_over(day: date) -> date:
    if day < timezone.localdate():
        raise ValidationError(_("Välj i dag eller en senare dag."))
    return day
