# mypy: disallow-untyped-calls=False
"""Rows of the room `places`, made quickly for tests."""

from datetime import date

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from halsonav.places.models import (
    Area,
    AreaKind,
    AreaVersion,
    Postcode,
    ServiceArea,
    Venue,
    VenueFact,
    VenueFactKind,
    VenueKind,
)
from halsonav.places.nearness import folded_names
from tests.factories.people import CentreFactory


class AreaVersionFactory(DjangoModelFactory[AreaVersion]):
    class Meta:
        model = AreaVersion
        django_get_or_create = ("name",)

    name = "Kommuner 2025"
    valid_from = date(2025, 1, 1)


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    slug = Sequence(lambda number: f"omrade-{number}")
    code = Sequence(lambda number: f"1480-omrade-{number}")
    version = SubFactory(AreaVersionFactory)
    kind = AreaKind.NEIGHBOURHOOD
    name = Sequence(lambda number: f"Området {number}")
    names = LazyFunction(dict)
    folded_names = LazyAttribute(lambda area: folded_names(area.name, area.names))
    lat = 57.7
    lon = 11.97


class VenueFactory(DjangoModelFactory[Venue]):
    class Meta:
        model = Venue

    slug = Sequence(lambda number: f"lokal-{number}")
    name = Sequence(lambda number: f"Lokalen {number}")
    names = LazyFunction(dict)
    folded_names = LazyAttribute(lambda venue: folded_names(venue.name, venue.names))
    kind = VenueKind.LIBRARY
    area = SubFactory(AreaFactory)
    lat = 57.69
    lon = 11.98


class VenueFactFactory(DjangoModelFactory[VenueFact]):
    class Meta:
        model = VenueFact

    venue = SubFactory(VenueFactory)
    kind = VenueFactKind.STEP_FREE


class PostcodeFactory(DjangoModelFactory[Postcode]):
    class Meta:
        model = Postcode

    code = Sequence(lambda number: f"{41000 + number}")
    lat = 57.7
    lon = 11.97


class ServiceAreaFactory(DjangoModelFactory[ServiceArea]):
    class Meta:
        model = ServiceArea

    centre = SubFactory(CentreFactory)
    area = SubFactory(AreaFactory)
