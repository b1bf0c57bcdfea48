"""Text as people type it: folded letters, words, slugs, and the right language of a name."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ODD = str.maketrans(
    {"ø": "o", "æ": "a", "ß": "ss", "ð": "d", "ł": "l", "ة": "ه", "ى": "ي", "ـ": ""}
)
_MARKS = frozenset(("Mn", "Mc", "Me"))


def fold(text: str) -> str:
    """Return the text in lower case without marks: "Föräldra" becomes "foraldra".

    Arabic loses its vowel signs and the letters that are written in several ways become one.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if unicodedata.category(sign) not in _MARKS)
    return bare.translate(_ODD).casefold()  # taking a sign apart may bring a capital back


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, in order, in lower case with their marks."""
    return [word.lower() for word in _WORD.findall(_without_vowel_signs(text))]


def _without_vowel_signs(text: str) -> str:
    """Return composed text without marks that stand by themselves, as Arabic's vowel signs do."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Mn")


def slug(text: str, longest: int = 60) -> str:
    """Return an address part of small Latin letters, figures and hyphens; may be empty."""
    parts = re.findall(r"[a-z0-9]+", fold(text))
    return "-".join(parts)[:longest].strip("-")


_LAST = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def alphabetical(text: str) -> str:
    """Return what to sort a name by: without regard to capitals, and å, ä, ö last."""
    return unicodedata.normalize("NFC", text).casefold().translate(_LAST)


def in_language(names: Mapping[str, str], language: str, default: str = "") -> str:
    """Return the name in the language, or the default where there is none."""
    return names.get(language) or default


def clean(text: str, longest: int) -> str:
    """Return typed text without control characters, with single spaces, cut at `longest`.

    Signs that stand for several (the Arabic ligatures, "ﬃ") are written out before the cut.
    """
    whole = unicodedata.normalize("NFKC", text[: longest * 4])[: longest * 4]
    printable = "".join(sign if sign.isprintable() else " " for sign in whole)
    return " ".join(printable.split())[:longest].strip()


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ufdd0-\ufdef]")


def seen(value: Any) -> Any:
    """Return a text, or the texts in lists and dicts, without signs that nobody is to see.

    Control characters but the tab and the new line, marks that turn the direction of what follows,
    and the noncharacters that ready cards and moulds use for their marks.
    """
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, list):
        return [seen(one) for one in value]
    if isinstance(value, dict):
        return {name: seen(one) for name, one in value.items()}
    return value
