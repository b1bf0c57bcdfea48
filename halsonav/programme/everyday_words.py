"""The everyday words for health themes that come along with the product."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_suffix(".toml")


@cache
def everyday_words() -> dict[str, dict[str, list[str]]]:
    """Return lists of expressions by theme and language; docs/finder.md says how they are used."""
    return tomllib.loads(FILE.read_text("utf-8"))


def words_of_theme(slug: str, own: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return a theme's own words and the product's together, by language."""
    shipped = everyday_words().get(slug, {})
    return {
        language: list(dict.fromkeys([*own.get(language, ()), *shipped.get(language, ())]))
        for language in own.keys() | shipped.keys()
    }
