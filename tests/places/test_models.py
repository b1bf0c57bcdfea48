"""What the database refuses, and how the tree answers."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from halsonav.people.models import Centre
from halsonav.places.models import (
    Area,
    AreaKind,
    Population,
    Postcode,
    ServiceArea,
    Sex,
    Venue,
    VenueFact,
)
from halsonav.places.models.area import CODE_PATTERNS, shape
from tests.factories.places import (
    AreaFactory,
    AreaVersionFactory,
    PostcodeFactory,
    ServiceAreaFactory,
    VenueFactFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db

RIGHT_CODES = [
    (AreaKind.NATION, "00"),
    (AreaKind.REGION, "14"),
    (AreaKind.COUNTY_PART, "1400-skaraborg"),
    (AreaKind.MUNICIPALITY, "1480"),
    (AreaKind.CITY_DISTRICT, "1480-nordost"),
    (AreaKind.NEIGHBOURHOOD, "1480-kortedala-2"),
    (AreaKind.REGSO, "1480R001"),
    (AreaKind.DESO, "1480C1010"),
]
WRONG_CODES = [
    (AreaKind.NATION, "01"),
    (AreaKind.REGION, "1"),
    (AreaKind.REGION, "1480"),
    (AreaKind.COUNTY_PART, "1400"),
    (AreaKind.COUNTY_PART, "1400-Skaraborg"),
    (AreaKind.MUNICIPALITY, "148"),
    (AreaKind.MUNICIPALITY, "1480\n"),
    (AreaKind.CITY_DISTRICT, "nordost"),
    (AreaKind.NEIGHBOURHOOD, "1480-"),
    (AreaKind.REGSO, "1480R01"),
    (AreaKind.REGSO, "1480r001"),
    (AreaKind.DESO, "1480D1010"),
    (AreaKind.DESO, "1480C10100"),
    (AreaKind.DESO, "x1480C1010"),
    ("kvarter", "1480"),
]


def refused(name: str, write: Callable[[], object]) -> None:
    """Assert that the database itself refuses the write, by the constraint of that name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert name in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def test_every_kind_of_area_has_a_pattern_for_its_codes() -> None:
    assert set(CODE_PATTERNS) == set(AreaKind.values)


@pytest.mark.parametrize(("kind", "code"), RIGHT_CODES)
def test_codes_written_as_their_kind_demands_pass(kind: AreaKind, code: str) -> None:
    AreaFactory.create(kind=kind, code=code).full_clean()


@pytest.mark.parametrize(("kind", "code"), WRONG_CODES)
def test_codes_written_otherwise_are_refused_twice(kind: str, code: str) -> None:
    area = AreaFactory.build(kind=kind, code=code, version=AreaVersionFactory.create())
    with pytest.raises(ValidationError):
        area.full_clean()
    refused("area_code_is_written_as_its_kind_demands", area.save)


def test_a_code_is_once_in_a_version_and_again_in_the_next() -> None:
    older = AreaVersionFactory.create(name="DeSO 2018")
    newer = AreaVersionFactory.create(name="DeSO 2025")
    AreaFactory.create(kind=AreaKind.DESO, code="1480C1010", version=older)
    AreaFactory.create(kind=AreaKind.DESO, code="1480C1010", version=newer)
    refused(
        "area_code_is_once_in_a_version",
        lambda: AreaFactory.create(kind=AreaKind.DESO, code="1480C1010", version=newer),
    )


def test_a_version_has_a_name_and_does_not_end_before_it_begins() -> None:
    refused("area_version_has_a_name", lambda: AreaVersionFactory.create(name=""))
    refused(
        "area_version_does_not_end_before_it_begins",
        lambda: AreaVersionFactory.create(valid_to=date(2024, 12, 31)),
    )
    assert str(AreaVersionFactory.create(valid_to=date(2025, 1, 1))) == "Kommuner 2025"


def test_an_area_has_a_slug_and_names_that_can_be_searched() -> None:
    for wrong in ({"slug": ""}, {"name": ""}, {"folded_names": ""}):
        refused("area_has_a_slug_and_names", lambda wrong=wrong: AreaFactory.create(**wrong))  # type: ignore[misc]


def test_an_area_is_not_its_own_parent() -> None:
    area = AreaFactory.create()
    refused(
        "area_is_not_its_own_parent",
        lambda: Area.objects.filter(pk=area.pk).update(parent=area),
    )


WRONG_POSITIONS = [(91.0, 11.0), (-90.1, 11.0), (57.0, 180.1), (57.0, -181.0)]
HALF_POSITIONS: list[tuple[float | None, float | None]] = [(57.0, None), (None, 11.0)]


@pytest.mark.parametrize(("lat", "lon"), [*WRONG_POSITIONS, *HALF_POSITIONS])
def test_a_position_is_on_earth_or_missing(lat: float | None, lon: float | None) -> None:
    refused("area_position_is_on_earth_or_missing", lambda: AreaFactory.create(lat=lat, lon=lon))
    refused("venue_position_is_on_earth_or_missing", lambda: VenueFactory.create(lat=lat, lon=lon))


@pytest.mark.parametrize(("lat", "lon"), WRONG_POSITIONS)
def test_the_position_of_a_postcode_is_on_earth(lat: float, lon: float) -> None:
    refused("postcode_position_is_on_earth", lambda: PostcodeFactory.create(lat=lat, lon=lon))


def test_a_place_without_a_position_is_fine() -> None:
    AreaFactory.create(lat=None, lon=None)
    VenueFactory.create(lat=None, lon=None)


@pytest.mark.parametrize(
    "value",
    [
        "",
        [],
        {},
        [[[11, 57], [12, 57]]],
        [[[11, 57], [12, 57], [12]]],
        [[[11, 57], [12, 57], ["12", 58]]],
        [[[11, 57], [12, 57], [12, 91]]],
        [[[11, 57], [12, 57], [181, 57]]],
        [[11, 57], [12, 57], [12, 58]],
    ],
)
def test_a_shape_is_rings_of_positions(value: object) -> None:
    with pytest.raises(ValidationError):
        shape(value)


def test_a_shape_of_two_rings_passes() -> None:
    ring = [[11.9, 57.6], [12.1, 57.6], [12.0, 57.8]]
    shape([ring, ring])


def test_the_tree_gives_what_is_below_and_above() -> None:
    region = AreaFactory.create(kind=AreaKind.REGION, code="14")
    city = AreaFactory.create(kind=AreaKind.MUNICIPALITY, code="1480", parent=region)
    part = AreaFactory.create(parent=city)
    AreaFactory.create(kind=AreaKind.REGION, code="23")
    assert set(Area.objects.within(region)) == {region, city, part}
    assert set(Area.objects.within(city)) == {city, part}
    assert set(Area.objects.ancestors_of(part)) == {region, city}
    assert Area.objects.within(city).filter(kind=AreaKind.NEIGHBOURHOOD).get() == part
    assert str(part) == part.name


def test_wide_kinds_come_before_narrow_ones() -> None:
    assert AreaKind.REGION.is_wider_than(AreaKind.MUNICIPALITY)
    assert AreaKind.COUNTY_PART.is_wider_than(AreaKind.MUNICIPALITY)
    assert not AreaKind.DESO.is_wider_than(AreaKind.REGSO)
    assert not AreaKind.DESO.is_wider_than(AreaKind.DESO)


def people(area: Area, **other: object) -> Population:
    fields = {"year": 2025, "age_from": 16, "age_to": 24, "sex": Sex.TOTAL, "count": 10} | other
    return Population.objects.create(area=area, **fields)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("population_ages_are_in_order", {"age_from": 25}),
        ("population_ages_are_in_order", {"age_to": 131}),
        ("population_sex_is_known", {"sex": "W"}),
        ("population_year_is_possible", {"year": 1700}),
        ("count", {"count": -1}),
    ],
)
def test_a_population_that_cannot_be_is_refused(name: str, wrong: dict[str, object]) -> None:
    area = AreaFactory.create()
    refused(name, lambda: people(area, **wrong))


def test_a_population_is_counted_once() -> None:
    area = AreaFactory.create()
    people(area)
    refused("population_is_counted_once", lambda: people(area, count=11))
    people(area, sex=Sex.WOMEN)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("venue_has_a_slug_and_names", {"name": ""}),
        ("venue_has_a_slug_and_names", {"folded_names": ""}),
        ("venue_kind_is_known", {"kind": "slott"}),
        ("venue_postcode_is_five_digits", {"postcode": "4131"}),
        ("venue_postcode_is_five_digits", {"postcode": "413 1"}),
    ],
)
def test_a_venue_that_cannot_be_is_refused(name: str, wrong: dict[str, object]) -> None:
    area = AreaFactory.create()
    refused(name, lambda: VenueFactory.create(area=area, **wrong))


def test_a_fact_about_a_venue_is_known_and_told_once() -> None:
    fact = VenueFactFactory.create()
    refused("venue_fact_is_told_once", lambda: VenueFactFactory.create(venue=fact.venue))
    refused("venue_fact_kind_is_known", lambda: VenueFactFactory.create(kind="bastu"))
    assert str(fact) == "inga trappsteg in"


@pytest.mark.parametrize("code", ["4131", "41x14", "413 1"])
def test_a_postcode_is_five_digits(code: str) -> None:
    refused("postcode_is_five_digits", lambda: PostcodeFactory.create(code=code))


def test_a_postcode_is_there_once_and_is_shown_with_its_space() -> None:
    postcode = PostcodeFactory.create(code="41314")
    refused("code", lambda: PostcodeFactory.create(code="41314"))
    assert str(postcode) == "413 14"


def test_a_centre_serves_an_area_once() -> None:
    served = ServiceAreaFactory.create()
    refused(
        "service_area_is_given_once",
        lambda: ServiceAreaFactory.create(centre=served.centre, area=served.area),
    )


def test_everything_about_places_is_public(stranger: AnonymousUser, centrum: Centre) -> None:
    served = ServiceAreaFactory.create(centre=centrum)
    fact = VenueFactFactory.create()
    postcode, population = PostcodeFactory.create(), people(served.area)
    assert served in ServiceArea.objects.visible_to(stranger)
    assert served.area in Area.objects.visible_to(stranger)
    assert fact in VenueFact.objects.visible_to(stranger)
    assert fact.venue in Venue.objects.visible_to(stranger)
    assert postcode in Postcode.objects.visible_to(stranger)
    assert population in Population.objects.visible_to(stranger)
    assert str(fact.venue) == fact.venue.name
