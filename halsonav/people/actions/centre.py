"""Opening centres and changing them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from halsonav.people import followers, journal
from halsonav.people.actions.changing import change_fields
from halsonav.people.models import Centre, Organisation

Texts = Mapping[str, str]
"""Texts by language code: {"sv": "…", "en": "…"}."""


@transaction.atomic
def open_centre(
    *,
    by: journal.Actor,
    slug: str,
    name: str,
    organisation: Organisation,
    names: Texts | None = None,
    tagline: Texts | None = None,
    languages: Sequence[str] = (),
    phone: str = "",
    phone_hours: Texts | None = None,
    email: str = "",
    coach_title: Texts | None = None,
    visit: Texts | None = None,
    talk: Texts | None = None,
    about: Texts | None = None,
    theme: Mapping[str, str | int | float | bool] | None = None,
) -> Centre:
    """Return a new centre; raise `ValidationError` for what cannot be."""
    centre = Centre(
        slug=slug,
        name=name,
        organisation=organisation,
        names=names or {},
        tagline=tagline or {},
        languages=list(languages),
        phone=phone,
        phone_hours=phone_hours or {},
        email=email,
        coach_title=coach_title or {},
        visit=visit or {},
        talk=talk or {},
        about=about or {},
        theme=theme or {},
    )
    centre.full_clean()
    centre.save()
    journal.record(by=by, verb="open_centre", about=centre)
    followers.tell(centre)
    return centre


@transaction.atomic
def change_centre(*, by: journal.Actor, centre: Centre, **facts: Any) -> Centre:
    """Change what is known of a centre; the public pages follow.

    What is the same leaves no trace. Raises `ValidationError` for what cannot be.
    """
    changed = change_fields(centre, facts)
    if changed:
        journal.record(by=by, verb="change_centre", about=centre, fields=changed)
        followers.tell(centre)
    return centre
