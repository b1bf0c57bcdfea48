"""The forms about people: finding them, giving a role, and protected data."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from halsonav.people.forms.fields import in_our_words, put_choices, say
from halsonav.people.models import User
from halsonav.people.pages.role_places import Choice, Place, choices, places_where
from halsonav.people.permissions import Permission, Role
from halsonav.people.reasons import OpenReason, ProtectReason, UnprotectReason
from halsonav.people.rules import may_give


class RoleForm(forms.Form):
    """A role, and where: what the user may give, and nothing more."""

    role = forms.ChoiceField()
    place = forms.ChoiceField()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        """Offer the roles that the user may give somewhere, and the places."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.places = places_where(user, Permission.MANAGE_PEOPLE)
        say(self.fields["role"], _("Roll"), _("Välj en roll."))
        put_choices(self.fields["role"], self._roles())
        say(self.fields["place"], _("Var"), _("Välj var rollen gäller."))
        put_choices(self.fields["place"], list(choices(self.places)))

    def clean(self) -> dict[str, Any]:
        """Refuse a role that the user may not give there, or that is held nowhere like that."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not {"role", "place"} <= cleaned.keys():
            return cleaned
        role, place = Role(cleaned["role"]), self.places[cleaned["place"]]
        if place is None and role != Role.OPERATOR:
            raise ValidationError({"place": _("Bara en driftansvarig har sin roll överallt.")})
        if not may_give(self.user, role, place):
            raise ValidationError({"role": _("Du kan inte ge den rollen där. Välj en annan.")})
        return cleaned

    @property
    def chosen_place(self) -> Place:
        """Return the chosen place."""
        return self.places[self.cleaned_data["place"]]

    def _roles(self) -> list[Choice]:
        held = self.places.values()
        may = [role for role in Role if any(may_give(self.user, role, place) for place in held)]
        return [(role.value, str(role.label).capitalize()) for role in may]


class InviteForm(RoleForm):
    """Whom to ask to take a role, and in which language the letter is."""

    display_name = forms.CharField(max_length=120)
    email = forms.EmailField(max_length=254)
    language = forms.ChoiceField(choices=settings.LANGUAGES, initial="sv")
    field_order = ("display_name", "email", "role", "place", "language")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        """Put our words on the fields."""
        super().__init__(user, *args, **kwargs)
        say(self.fields["display_name"], _("Namn"), _("Skriv personens namn."))
        email = self.fields["email"]
        say(email, _("E-postadress"), _("Skriv personens e-postadress."))
        email.validators = [
            EmailValidator(_("Skriv e-postadressen så här: namn@exempel.se.")),
            MaxLengthValidator(254),
        ]
        say(self.fields["language"], _("Brevets språk"), _("Välj ett språk."))
        in_our_words(self)


class _ReasonForm(forms.Form):
    why = forms.ChoiceField(widget=forms.RadioSelect)
    listed: ClassVar[Sequence[tuple[str, str | Promise]]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
        field.choices = list(self.listed)
        say(field, _("Varför?"), _("Välj en anledning."))


class ProtectForm(_ReasonForm):
    """Why somebody's data is to be protected."""

    listed = ProtectReason.choices


class UnprotectForm(_ReasonForm):
    """Why somebody's data need not be protected any more."""

    listed = UnprotectReason.choices


class OpenForm(_ReasonForm):
    """Why a protected person's page is opened."""

    listed = OpenReason.choices
