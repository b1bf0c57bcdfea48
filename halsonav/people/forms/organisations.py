"""The forms about organisations, centres and functions."""

from collections.abc import Mapping
from typing import Any, Final

from babel import Locale
from django import forms
from django.conf import settings
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halsonav.lib.text import slug
from halsonav.people.forms.fields import in_our_words, put_choices, say
from halsonav.people.models import Centre, Organisation, OrganisationKind, User, scope_of
from halsonav.people.models.validators import municipality_code, organisation_number
from halsonav.people.permissions import Permission

NAMES: Final = dict(settings.LANGUAGES)
OTHERS: Final = [code for code in NAMES if code != settings.LANGUAGE_CODE]
SPOKEN: Final = (
    "sv", "en", "ar", "so", "fa", "prs", "ti", "ku", "fi", "uk", "ru", "pl", "bs", "tr", "es",
    "am", "rom", "se", "yi", "fit",
)  # fmt: skip
"""Languages that a centre may speak, those that many speak in Sweden first."""
LONG: Final = frozenset(("talk", "about"))


class OrganisationForm(forms.Form):
    """An organisation: what it is called, what it is, and where it lies."""

    name = forms.CharField(max_length=200)
    kind = forms.ChoiceField()
    parent = forms.ChoiceField()
    municipality_code = forms.CharField(
        max_length=4, required=False, validators=[municipality_code]
    )
    organisation_number = forms.CharField(
        max_length=11, required=False, validators=[organisation_number]
    )
    data_contact = forms.CharField(max_length=200, required=False)
    officer_contact = forms.CharField(max_length=200, required=False)

    def __init__(
        self, user: User, data: Any = None, *, held: Organisation | None = None, under: str = ""
    ) -> None:
        """Offer the places in the tree that the user looks after; `held` is what is changed."""
        initial = _facts_of(held, ("name",)) if held else {"parent": under}
        super().__init__(data, initial=initial)
        self.held = held
        self.above = _places_above(user, held)
        for code in OTHERS:
            self.fields[f"name_{code}"] = forms.CharField(max_length=200, required=False)
            say(self.fields[f"name_{code}"], _name_in(code))
        self._say()
        in_our_words(self)

    def _say(self) -> None:
        kinds = [(kind.value, str(kind.label).capitalize()) for kind in OrganisationKind]
        say(self.fields["name"], _("Namn"), _("Skriv vad organisationen heter."))
        say(self.fields["kind"], _("Slag"), _("Välj vad det är för organisation."))
        put_choices(self.fields["kind"], kinds)
        say(self.fields["parent"], _("Hör till"), _("Välj vilken organisation den hör till."))
        listed = [(key, one.name if one else _on_top()) for key, one in self.above.items()]
        put_choices(self.fields["parent"], listed)
        hint = _("Fyra siffror, till exempel 1480.")
        say(self.fields["municipality_code"], _("Kommunkod"), hint=hint)
        hint = _("Skrivs som NNNNNN-NNNN.")
        say(self.fields["organisation_number"], _("Organisationsnummer"), hint=hint)
        self._say_of_data()

    def _say_of_data(self) -> None:
        """Say the contacts, which only who answers for personal data needs."""
        hint = _("För den som ansvarar för personuppgifterna. Skriv adress, e-post och telefon.")
        said = _("Så når man er i frågor om personuppgifter")
        say(self.fields["data_contact"], said, hint=hint)
        hint = _("Skriv en adress som hör till uppdraget, inte en persons namn.")
        say(self.fields["officer_contact"], _("Så når man dataskyddsombudet"), hint=hint)

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the actions take it."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "names": _texts(given, "name", self.held.names if self.held else {}, OTHERS),
            "kind": given["kind"],
            "parent": self.above[given["parent"]],
            "municipality_code": given["municipality_code"],
            "organisation_number": given["organisation_number"],
            "data_contact": given["data_contact"],
            "officer_contact": given["officer_contact"],
        }

    @property
    def slug(self) -> str:
        """Return a name for the address that no other organisation has."""
        return free_slug(Organisation, self.cleaned_data["name"])


class CentreForm(forms.Form):
    """A centre as readers meet it, in each language."""

    name = forms.CharField(max_length=200)
    languages = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    phone = forms.CharField(max_length=30, required=False)
    email = forms.EmailField(max_length=254, required=False)

    def __init__(self, data: Any = None, *, held: Centre | None = None) -> None:
        """Show what is known of the centre, or nothing for a new one."""
        initial = _facts_of(held, _texts_by_language()) if held else {"languages": ["sv"]}
        super().__init__(data, initial=initial)
        self.held = held
        say(self.fields["name"], _("Namn"), _("Skriv vad verksamheten heter."))
        languages = self.fields["languages"]
        assert isinstance(languages, forms.MultipleChoiceField)  # noqa: S101 (for the checker)
        languages.choices = spoken(held.languages if held else ())
        say(languages, _("Språk ni talar"), _("Välj minst ett språk."))
        say(self.fields["phone"], _("Telefon"))
        say(self.fields["email"], _("E-postadress"))
        self.fields["email"].validators = [
            EmailValidator(_("Skriv e-postadressen så här: namn@exempel.se.")),
            MaxLengthValidator(254),
        ]
        for code in NAMES:
            self._add_texts(code)
        in_our_words(self)

    def _add_texts(self, code: str) -> None:
        if code in OTHERS:
            self.fields[f"names_{code}"] = forms.CharField(max_length=200, required=False)
            say(self.fields[f"names_{code}"], _name_in(code))
        for name, label in _texts_by_language().items():
            if name == "names":
                continue
            widget = forms.Textarea if name in LONG else forms.TextInput
            field = forms.CharField(
                max_length=4_000 if name in LONG else 300,
                required=False,
                widget=widget(attrs={"dir": "auto", "lang": code}),
            )
            self.fields[f"{name}_{code}"] = field
            said = {"what": label, "language": NAMES[code]}
            say(field, _("%(what)s (%(language)s)") % said)

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was typed, as the actions take it."""
        given = self.cleaned_data
        texts = {
            name: _texts(
                given,
                name,
                getattr(self.held, name) if self.held else {},
                OTHERS if name == "names" else list(NAMES),
            )
            for name in _texts_by_language()
        }
        plain = {name: given[name] for name in ("name", "languages", "phone", "email")}
        return plain | texts

    @property
    def slug(self) -> str:
        """Return a name for the address that no other centre has."""
        return free_slug(Centre, self.cleaned_data["name"])


def _texts_by_language() -> dict[str, str]:
    return {
        "names": _("Namn"),
        "tagline": _("Kort om verksamheten"),
        "phone_hours": _("Telefontider"),
        "coach_title": _("Vad coachen kallas"),
        "visit": _("Besöksadress"),
        "talk": _("Inbjudan att höra av sig"),
        "about": _("Om verksamheten"),
    }


def _name_in(code: str) -> str:
    return _("Namn (%(language)s)") % {"language": NAMES[code]}


def _on_top() -> str:
    return _("Ingen, den står överst")


def _facts_of(held: Organisation | Centre, by_language: Any) -> dict[str, Any]:
    """Return a row's facts as a form shows them: one field for each text and language."""
    facts: dict[str, Any] = {
        field.name: getattr(held, field.attname) for field in held._meta.concrete_fields
    }
    for name in by_language:
        source = "names" if name == "name" else name
        for code, text in getattr(held, source).items():
            facts[f"{name}_{code}"] = text
    if isinstance(held, Organisation):
        facts["parent"] = str(held.parent_id or "0")
    return facts


def _texts(
    given: Mapping[str, Any], name: str, before: Mapping[str, str], codes: list[str]
) -> dict[str, str]:
    """Return texts by language: what was typed, and languages that the form does not show."""
    kept = {code: text for code, text in before.items() if code not in codes}
    typed = {code: given[f"{name}_{code}"].replace("\r\n", "\n") for code in codes}
    return kept | {code: text for code, text in typed.items() if text}


def _places_above(user: User, held: Organisation | None) -> dict[str, Organisation | None]:
    """Return what an organisation may lie under, by its value in a form."""
    scope = scope_of(user, Permission.MANAGE_ORGANISATIONS)
    listed = Organisation.objects.order_by("name", "pk")
    mine = listed if scope.everywhere else listed.filter(pk__in=scope.organisations)
    above: dict[str, Organisation | None] = {}
    if scope.everywhere or (held and held.parent is None):
        above["0"] = None
    if held and held.parent:
        above[str(held.parent_id)] = held.parent
    return above | {str(one.pk): one for one in mine}


def spoken(also: Any) -> list[tuple[str, str]]:
    """Return languages to choose among, by what they are called here."""
    names = Locale.parse(get_language() or "sv").languages
    codes = [*SPOKEN, *(code for code in also if code not in SPOKEN)]
    return [(code, str(names.get(code, code)).capitalize()) for code in codes]


def free_slug(model: type[Model], name: str) -> str:
    """Return a name for an address that no row of the model has."""
    wanted = slug(name) or "ny"
    near = model._default_manager.filter(slug__startswith=wanted)
    taken = {"ny", *near.values_list("slug", flat=True)}  # the first is a page of its own
    number = 2
    found = wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


class FunctionForm(forms.Form):
    """What a function is called."""

    title = forms.CharField(max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put our words on the field."""
        super().__init__(*args, **kwargs)
        say(self.fields["title"], _("Titel"), _("Skriv vad funktionen heter."))
        in_our_words(self)
