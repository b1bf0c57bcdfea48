"""What the room's forms say of their fields, in our words."""

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext as _


def say(field: forms.Field, label: str, empty: str = "", hint: str = "") -> None:
    """Give a field its label, what to do when it is empty or none of the choices, and a hint."""
    field.label = label
    field.help_text = hint
    if empty:
        field.error_messages |= dict.fromkeys(("required", "invalid_choice", "invalid"), empty)


def put_choices(field: forms.Field, listed: list[tuple[str, str]]) -> None:
    """Let these be chosen, after a line that is no choice."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
    field.choices = [("", _("Välj …")), *listed]


def in_our_words(form: forms.BaseForm) -> None:
    """Say in our words how long each text may be, and that some signs cannot stand in it."""
    for field in form.fields.values():
        for one in field.validators:
            if isinstance(one, MaxLengthValidator):
                one.message = _("Skriv högst %(limit_value)d tecken.")
            if isinstance(one, ProhibitNullCharactersValidator):
                one.message = _("Texten har tecken som inte går att spara. Skriv den på nytt.")
