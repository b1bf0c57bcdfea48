"""What is done to activities and their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.models import Centre, Organisation, User
from halsonav.places.models import Venue
from halsonav.programme import finder
from halsonav.programme.models import (
    TEXT_FIELDS,
    Activity,
    ActivityState,
    ActivityText,
    TargetGroup,
    Theme,
    digest_of,
)


class UnknownTextError(ValueError):
    """A text was given for a field that activities do not have, or for the source language."""


@dataclass(frozen=True)
class Links:
    """What an activity is tied to."""

    themes: Iterable[Theme] = ()
    groups: Iterable[TargetGroup] = ()
    organisers: Iterable[Organisation] = ()
    leaders: Iterable[User] = field(default_factory=tuple)


@transaction.atomic
def create_activity(
    *,
    by: journal.Actor,
    centre: Centre,
    venue: Venue,
    slug: str,
    facts: Mapping[str, Any],
    links: Links | None = None,
) -> Activity:
    """Create a draft. `facts` holds model fields, texts in the source language among them.

    Raises `ValidationError` with a sentence for each field that is wrong.
    """
    activity = Activity(centre=centre, venue=venue, slug=slug, **facts)
    activity.full_clean(exclude=["themes", "groups", "organisers", "leaders"])
    activity.save()
    _tie(activity, links or Links())
    journal.record(by=by, verb="activity.create", about=activity, fields=sorted(facts))
    return activity


def _tie(activity: Activity, links: Links) -> None:
    activity.themes.set(links.themes)
    activity.groups.set(links.groups)
    activity.organisers.set(links.organisers)
    activity.leaders.set(links.leaders)


@transaction.atomic
def change_activity(*, by: journal.Actor, activity: Activity, facts: Mapping[str, Any]) -> None:
    """Change fields of an activity; older translations of changed texts show as outdated.

    Raises `ValidationError` with a sentence for each field that is wrong.
    """
    for name, value in facts.items():
        setattr(activity, name, value)
    activity.full_clean(exclude=["themes", "groups", "organisers", "leaders"])
    activity.save()
    finder.write_activity(activity)
    journal.record(by=by, verb="activity.change", about=activity, fields=sorted(facts))


@transaction.atomic
def translate_activity(
    *,
    by: journal.Actor,
    activity: Activity,
    language: str,
    texts: Mapping[str, Any],
    machine_made: bool = False,
) -> None:
    """Keep translations of some fields, made from the source's wording of this moment."""
    if language == activity.source_language or not texts.keys() <= set(TEXT_FIELDS):
        raise UnknownTextError(f"{language}: {', '.join(sorted(texts))}")
    source = activity.source_texts()
    for name, value in texts.items():
        ActivityText.objects.update_or_create(
            activity=activity,
            language=language,
            field=name,
            defaults={
                "value": value,
                "source_digest": digest_of(source[name]),
                "machine_made": machine_made,
            },
        )
    finder.write_activity(activity)
    fields = [f"{name}.{language}" for name in texts]
    journal.record(by=by, verb="activity.translate", about=activity, fields=fields)


@transaction.atomic
def publish_activity(*, by: journal.Actor, activity: Activity) -> None:
    """Show the activity to everyone."""
    _set_state(by, activity, ActivityState.PUBLISHED, "activity.publish")


@transaction.atomic
def withdraw_activity(*, by: journal.Actor, activity: Activity) -> None:
    """Take the activity away from the public; nothing of it is lost."""
    _set_state(by, activity, ActivityState.WITHDRAWN, "activity.withdraw")


def _set_state(by: journal.Actor, activity: Activity, state: ActivityState, verb: str) -> None:
    activity.state = state
    activity.save(update_fields=["state"])
    finder.write_activity(activity)
    journal.record(by=by, verb=verb, about=activity, fields=["state"])


@transaction.atomic
def confirm_activity(*, by: journal.Actor, activity: Activity, organisation: Organisation) -> None:
    """Note that an organisation has said that all of it is still true, today."""
    activity.confirmed_by = organisation
    activity.confirmed_on = timezone.localdate()
    activity.save(update_fields=["confirmed_by", "confirmed_on"])
    fields = ["confirmed_by", "confirmed_on"]
    journal.record(by=by, verb="activity.confirm", about=activity, fields=fields)
