"""Addresses of the public pages that every page links to, resolved once per language."""

from collections.abc import Iterable
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, override


def page(name: str) -> str:
    """Return the address of a page without parts of its own, in the active language."""
    return _page(name, get_language())


@lru_cache(maxsize=64)
def _page(name: str, _language: str) -> str:
    return reverse(f"website:{name}")


def of_occurrences(name: str, slug: str) -> str:
    """Return an activity's address with `%d` where an occurrence's number goes.

    `name` is `occurrence` or `occurrence_calendar`.
    """
    before, _, after = reverse(f"website:{name}", args=(slug, 0)).rpartition("/0")
    return f"{before}/%d{after}"


def in_each(languages: Iterable[str], name: str) -> list[str]:
    """Return a page's address in each language."""
    found = []
    for language in languages:
        with override(language):
            found.append(page(name))
    return found
