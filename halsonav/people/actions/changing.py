"""Changing fields of a row: what is the same is left alone, what cannot be is refused."""

from collections.abc import Mapping
from typing import Any

from django.db import models


def change_fields(thing: models.Model, facts: Mapping[str, Any]) -> list[str]:
    """Save what differs and return the names; raise `ValidationError` for what cannot be."""
    changed = [name for name, value in facts.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, facts[name])
    if changed:
        thing.full_clean()
        thing.save(update_fields=changed)
    return changed
