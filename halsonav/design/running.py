"""Running text becomes HTML here: telephone numbers dial, and small words stay whole."""

import re
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString

from halsonav.design.site import phone_href

JOINER: Final = "\u2060"
"""Forbids a break and is not seen."""
_PHONE: Final = re.compile(
    r"(?<![\w+-])(?:\+46[ \u00a0-]?\d{1,3}[ \u00a0-]|0\d{1,3}-)"
    r"\d{2,3}(?:[ \u00a0]\d{2,3}){1,3}(?![\w-])"
)
_RANGE: Final = re.compile(r"(?<=\d)–(?=\d)")
_UNIT: Final = re.compile(r"(?<=\d) (?=(?:år|kr|km|kg)\b)")
_SHORT: Final = re.compile(r"(?:(?<=\b[^\W\d_])-(?=\w))|(?:(?<=[^\W\d_])-(?=[^\W\d_]{1,2}\b))")


def unbroken(text: str) -> str:
    """Return the text with "drop-in", "e-post" and "18–35 år" held on one line each.

    A dot between two things stays with the first, so that no line begins with it.
    """
    said = _RANGE.sub(f"{JOINER}–{JOINER}", text)
    said = _UNIT.sub("\u00a0", said)
    said = _SHORT.sub(f"-{JOINER}", said).replace(" · ", "\u00a0· ")
    return SafeString(said) if isinstance(text, SafeString) else said


def running(text: str) -> SafeString:
    """Return running text as HTML: escaped, its telephone numbers as links that read left to right.

    What is HTML already is returned as it is.
    """
    if isinstance(text, SafeString):
        return text
    parts, end = [], 0
    for found in _PHONE.finditer(text):
        parts += [escape(unbroken(text[end : found.start()])), _dialled(found[0])]
        end = found.end()
    return SafeString("".join([*parts, escape(unbroken(text[end:]))]))


def _dialled(number: str) -> str:
    href = phone_href(number)
    return f'<a href="{escape(href)}"><bdi dir="ltr">{escape(number)}</bdi></a>'
