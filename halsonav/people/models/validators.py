"""What a single value must look like, in words that a person can act on."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MUNICIPALITY_CODE = r"^[0-9]{4}\Z"
ORGANISATION_NUMBER = r"^[0-9]{6}-[0-9]{4}\Z"

municipality_code = RegexValidator(
    MUNICIPALITY_CODE, _("Kommunkoden är fyra siffror, till exempel 1480.")
)


def luhn_holds(digits: str) -> bool:
    """Say whether the last digit is the right check digit (Luhn, as in Swedish numbers)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def organisation_number(value: str) -> None:
    """Raise `ValidationError` unless the value is a true number like "212000-1355"."""
    if not re.match(ORGANISATION_NUMBER, value):
        raise ValidationError(_("Organisationsnumret skrivs som NNNNNN-NNNN."))
    if not luhn_holds(value.replace("-", "")):
        raise ValidationError(_("Organisationsnumret stämmer inte: kontrollera siffrorna."))


def by_language(value: object) -> None:
    """Raise `ValidationError` unless the value is texts by language code: {"en": "Library"}."""
    if not isinstance(value, dict) or not all(
        isinstance(language, str) and re.match(r"^[a-z]{2,3}\Z", language) and isinstance(text, str)
        for language, text in value.items()
    ):
        raise ValidationError(_("Skriv en text per språk, med språkets kod."))


def language_codes(value: object) -> None:
    """Raise `ValidationError` unless the value is a list of language codes: ["sv", "ar"]."""
    if not isinstance(value, list) or not all(
        isinstance(code, str) and re.match(r"^[a-z]{2,3}\Z", code) for code in value
    ):
        raise ValidationError(_("Skriv språken som en lista med språkkoder."))


def plain_values(value: object) -> None:
    """Raise `ValidationError` unless the value is a flat dict of texts, numbers and yes or no."""
    if not isinstance(value, dict) or not all(
        isinstance(name, str) and isinstance(held, str | int | float)
        for name, held in value.items()
    ):
        raise ValidationError(_("Temat är namn med var sitt enkelt värde."))
