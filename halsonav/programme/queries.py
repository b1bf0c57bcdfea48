"""Reads that span nouns: an activity's words in a language, its next times."""

from dataclasses import dataclass
from typing import Any

from halsonav.lib.text import seen
from halsonav.programme.models import TEXT_FIELDS, Activity


@dataclass(frozen=True)
class Wording:
    """A text as a reader gets it: in which language, and whether it can be trusted."""

    value: Any
    language: str
    is_outdated: bool = False
    is_machine_made: bool = False

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return str(self.value)


def wordings(activity: Activity, language: str) -> dict[str, Wording]:
    """Return every text of the activity in the language, or in its source where there is none.

    Reads `activity.texts` (prefetch it in lists).
    """
    source = activity.source_texts()
    found = {name: Wording(seen(value), activity.source_language) for name, value in source.items()}
    if language == activity.source_language:
        return found
    for text in activity.texts.all():
        if text.language == language and text.value:
            outdated = text.is_outdated(source[text.field])
            found[text.field] = Wording(seen(text.value), language, outdated, text.machine_made)
    return found


def missing_fields(activity: Activity, language: str) -> list[str]:
    """Return the texts that a reader of the language gets in another language."""
    given = wordings(activity, language)
    return [name for name in TEXT_FIELDS if given[name] and given[name].language != language]
