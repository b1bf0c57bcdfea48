"""The everyday words that come along with the product, and where they lead."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_suffix(".toml")
Expressions = Mapping[str, Mapping[str, Iterable[str]]]


@cache
def everyday_words() -> dict[str, dict[str, list[str]]]:
    """Return expressions by facet key, such as "theme:somn", and language; see docs/finder.md."""
    kinds = tomllib.loads(FILE.read_text("utf-8"))
    return {
        f"{kind}:{slug}": by_language
        for kind, by_slug in kinds.items()
        for slug, by_language in by_slug.items()
    }


def expressions(own: Expressions) -> dict[str, dict[str, list[str]]]:
    """Return the product's expressions and the centre's own, by facet key and language."""
    shipped = everyday_words()
    return {
        facet: {
            language: list(
                dict.fromkeys([*own.get(facet, {}).get(language, ()), *by.get(language, ())])
            )
            for language in own.get(facet, {}).keys() | by.keys()
        }
        for facet in own.keys() | shipped.keys()
        for by in (shipped.get(facet, {}),)
    }
