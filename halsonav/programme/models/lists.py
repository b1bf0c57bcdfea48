"""Fields that hold several choices: each is known, and none stands twice."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HELD_IN: Final = frozenset(
    ("sv", "sv-easy", "en", "ar", "so", "fa", "ti", "uk", "bs", "fi", "es", "ru", "ku", "sgn")
)
"""Codes of the languages that an activity may be held in; the finder has a name for each."""


def check_choices(chosen: object, known: Collection[str]) -> None:
    """Raise `ValidationError` unless it is a list of known choices, each of them once."""
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
        raise ValidationError(_("Skriv valen som en lista."))
    for one in chosen:
        if one not in known:
            raise ValidationError(_("”%(value)s” finns inte att välja."), params={"value": one})
    if len(set(chosen)) < len(chosen):
        raise ValidationError(_("Samma val står två gånger."))


def check_all_choices(row: Any, known: Mapping[str, Collection[str]]) -> None:
    """Check each of the row's fields; raise one `ValidationError` that names all that are wrong."""
    wrong: dict[str, ValidationError] = {}
    for name, values in known.items():
        try:
            check_choices(getattr(row, name), values)
        except ValidationError as error:
            wrong[name] = error
    if wrong:
        raise ValidationError(wrong)
