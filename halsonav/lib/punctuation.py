"""Quotation marks, lists and decimals as each language writes them.

Figures are always Western, as in `dates`; so Arabic has a point before its decimals, as CLDR says
of Arabic with Western figures.
"""

from collections.abc import Iterable
from typing import Final

_QUOTES: Final = {"sv": ("”", "”"), "en": ("“", "”"), "ar": ("«", "»")}
_ALONE: Final = {"ar": ("\u2068", "\u2069")}
"""Where the page runs the other way: signs that let what is quoted keep its own order."""
_BETWEEN: Final = {"ar": "، "}
_AND: Final = {"sv": " och ", "en": " and ", "ar": " و"}
_DECIMAL: Final = {"sv": ","}


def quoted(words: str, language: str) -> str:
    """Return the words within the language's quotation marks: ”gå”, “walk”, «نزهة».

    In Arabic what is quoted keeps its own order: «2026-W99» is not turned round.
    """
    before, after = _QUOTES.get(language, _QUOTES["en"])
    first, last = _ALONE.get(language, ("", ""))
    return f"{before}{first}{words}{last}{after}"


def listed(words: Iterable[str], language: str) -> str:
    """Return words in a row with the language's comma between them."""
    return _BETWEEN.get(language, ", ").join(words)


def together(words: Iterable[str], language: str) -> str:
    """Return words in a sentence: "a, b och c", "a, b and c"."""
    *before, last = [*words] or [""]
    if not before:
        return last
    return f"{listed(before, language)}{_AND.get(language, _AND['en'])}{last}"


def decimal(number: float, places: int, language: str) -> str:
    """Return a number with so many decimals: "1,4" in Swedish, "1.4" elsewhere."""
    return f"{number:.{places}f}".replace(".", _DECIMAL.get(language, "."))
