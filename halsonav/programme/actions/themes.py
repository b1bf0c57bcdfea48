"""What is done to themes and target groups."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from halsonav.people import journal
from halsonav.programme import finder
from halsonav.programme.models import TargetGroup, Theme


@transaction.atomic
def set_theme(*, by: journal.Actor, slug: str, facts: Mapping[str, Any]) -> Theme:
    """Create or change a theme with its names and everyday words.

    Raises `ValidationError` with a sentence for dimensions that there are not.
    """
    theme, _ = Theme.objects.update_or_create(slug=slug, defaults=dict(facts))
    theme.clean()
    finder.themes_changed()
    journal.record(by=by, verb="theme.set", about=theme, fields=sorted(facts))
    return theme


@transaction.atomic
def set_target_group(*, by: journal.Actor, slug: str, facts: Mapping[str, Any]) -> TargetGroup:
    """Create or change a target group."""
    group, _ = TargetGroup.objects.update_or_create(slug=slug, defaults=dict(facts))
    finder.themes_changed()
    journal.record(by=by, verb="target_group.set", about=group, fields=sorted(facts))
    return group
