"""Making venues and telling what they are like to come to."""

from collections.abc import Mapping

from django.db import transaction

from halsonav.people import journal
from halsonav.people.models import Organisation
from halsonav.places.models import Area, Venue, VenueFact
from halsonav.places.nearness import folded_names


@transaction.atomic
def create_venue(
    *,
    by: journal.Actor,
    slug: str,
    name: str,
    kind: str,
    area: Area,
    names: Mapping[str, str] | None = None,
    address: str = "",
    postcode: str = "",
    lat: float | None = None,
    lon: float | None = None,
    directions: Mapping[str, str] | None = None,
    transport: Mapping[str, str] | None = None,
    owner: Organisation | None = None,
    owner_hours: str = "",
    facts: Mapping[str, Mapping[str, str]] | None = None,
) -> Venue:
    """Return a new venue; `facts` is notes by language for each kind of fact, may be empty notes.

    A postcode may be written with a space. Raises `ValidationError` for what cannot be.
    """
    venue = Venue(
        slug=slug,
        name=name,
        names=dict(names or {}),
        folded_names=folded_names(name, dict(names or {})),
        kind=kind,
        area=area,
        address=address,
        postcode=postcode.replace(" ", ""),
        lat=lat,
        lon=lon,
        directions=dict(directions or {}),
        transport=dict(transport or {}),
        owner=owner,
        owner_hours=owner_hours,
    )
    venue.full_clean()
    venue.save()
    journal.record(by=by, verb="create_venue", about=venue)
    if facts:
        set_venue_facts(by=by, venue=venue, facts=facts)
    return venue


@transaction.atomic
def set_venue_facts(
    *, by: journal.Actor, venue: Venue, facts: Mapping[str, Mapping[str, str]]
) -> list[VenueFact]:
    """Let exactly these facts hold: a note by language for each kind, in the order given."""
    rows = [VenueFact(venue=venue, kind=kind, note=dict(note)) for kind, note in facts.items()]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
    VenueFact.objects.filter(venue=venue).delete()
    made = VenueFact.objects.bulk_create(rows)
    journal.record(by=by, verb="set_venue_facts", about=venue, fields=["facts"])
    return made
