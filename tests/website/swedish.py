"""Finds Swedish, and other words that do not belong, on a page in another language."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Set
from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Message

from halsonav.demo.reading import CONTENT
from halsonav.website import translations

COMMON: Final = frozenset(
    (
        "och att på för är till inte med som eller dag dagar dagen vecka veckan plats platser från"
        " här där när du dig din ditt dina jag mig vi oss ni kan ska vill har ingen inget inga alla"
        " allt något någon några utan mellan efter före kl mycket också sedan aktivitet aktiviteter"
        " tillfälle tillfällen sök hitta prata kom gör nästa idag imorgon helgen morgon område"
        " områden språk ålder svenska engelska arabiska teman lokal lokalen det finns inställt"
        " flyttat anmäl skriv välj nu mer av hos visas"
    ).split()
)
"""Words that stand everywhere in Swedish; proper names hold none of them."""

ENGLISH_TOO: Final = frozenset(("dig", "till", "den"))
"""Those that are English as well: Swedish unless English stands around them."""

PLAINLY_ENGLISH: Final = frozenset("the of or and with you your are to who".split())

ABBREVIATIONS: Final = frozenset(("wcag", "aa", "km"))
OUR_NAME: Final = "hälsonav"
WORD: Final = re.compile(r"[^\W\d_]+")
LETTERS_OF_ITS_OWN: Final = re.compile("[åäö]")
ARABIC: Final = re.compile("[\u0621-\u064a]")
LATIN: Final = re.compile("[a-zåäöéü]")
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)[sd]")
TAG: Final = re.compile(r"</?\w+[^>]*>")
CODE: Final = re.compile(r"[\w.+-]+@[\w.-]+|https?://\S+")
"""Addresses."""


def strays(words: Iterable[str], language: str) -> list[str]:
    """Return the pieces of text that are not, or not wholly, in the language."""
    return [said for said in words if _is_stray(said, language)]


def _is_stray(said: str, language: str) -> bool:
    own = {word.lower() for word in WORD.findall(CODE.sub(" ", said))}
    if own & _common(own, language):
        return True
    if any(pattern.fullmatch(said) for pattern in _untranslated(language)):
        return True
    sign = LATIN if language == "ar" else LETTERS_OF_ITS_OWN
    return any(sign.search(word) for word in own - _names(language))


def _common(words: Set[str], language: str) -> frozenset[str]:
    """Return the words that tell Swedish among these."""
    is_english = language == "en" and words & PLAINLY_ENGLISH
    return COMMON - ENGLISH_TOO if is_english else COMMON


@cache
def _names(language: str) -> frozenset[str]:
    """Return the words of proper names, addresses and the content's own text in the language."""
    texts = "\n".join(
        text
        for path in sorted(CONTENT.rglob("*.toml"))
        for text in _texts(tomllib.loads(path.read_text("utf-8")), language, own=False)
    )
    return frozenset(word.lower() for word in WORD.findall(texts)) | ABBREVIATIONS | {OUR_NAME}


def _texts(value: Any, language: str, *, own: bool) -> Iterator[str]:
    """Return the strings that stand under the language, and all names and addresses."""
    if isinstance(value, str) and own:
        yield value
    if isinstance(value, list):
        for one in value:
            yield from _texts(one, language, own=own)
    if isinstance(value, dict):
        for name, one in value.items():
            is_own = own or name in (language, "address") or (name == "name" and language != "ar")
            yield from _texts(one, language, own=is_own)


@cache
def _untranslated(language: str) -> tuple[re.Pattern[str], ...]:
    """Return what each Swedish message looks like on a page, when it is said otherwise there."""
    catalogue = translations.read(_catalogue(language), language)
    return tuple(
        pattern
        for message in catalogue
        if message.id
        for said, other in zip(forms(message.id), forms(message.string), strict=False)
        if said != other
        for pattern in _patterns(said)
    )


def _catalogue(language: str) -> Path:
    folder = translations.ROOT / translations.LOCALE_DIR
    return folder / language / "LC_MESSAGES" / "django.po"


def forms(said: Any) -> tuple[str, ...]:
    """Return a message's or a translation's wordings: one, or one for each plural form."""
    return (said,) if isinstance(said, str) else tuple(said)


def _patterns(said: str) -> Iterator[re.Pattern[str]]:
    """Return a pattern for each stretch of a message between its tags."""
    for piece in TAG.split(said):
        parts = PLACEHOLDER.split(piece.strip())[::2]
        if WORD.search(" ".join(parts)):
            yield re.compile(".+?".join(map(re.escape, parts)))


def marks(said: str) -> list[str]:
    """Return the placeholders and tags of a wording, sorted: what every translation must keep."""
    return sorted(PLACEHOLDER.findall(said)) + sorted(TAG.findall(PLACEHOLDER.sub("", said)))


def key(message: Message) -> str:
    """Return a message's Swedish words, the first when it counts."""
    return forms(message.id)[0]
