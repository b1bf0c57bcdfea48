"""Each verb does its work, writes its entry, and leaves nothing half-done."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.people.models import Centre, JournalEntry, Organisation, User
from halsonav.places import actions
from halsonav.places.actions import BadRowsError, PeopleCount, import_postcodes
from halsonav.places.models import (
    OLDEST,
    Area,
    AreaKind,
    Population,
    Postcode,
    ServiceArea,
    Venue,
    VenueFact,
)
from halsonav.places.nearness import find_position
from tests.factories.places import AreaFactory, AreaVersionFactory, VenueFactory

pytestmark = pytest.mark.django_db
RING = [(12.0, 57.0), (12.2, 57.0), (12.2, 57.2)]


def verbs() -> list[str]:
    return list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))


def test_an_area_is_made_and_is_found_by_name(operator: User) -> None:
    city = AreaFactory.create(kind=AreaKind.MUNICIPALITY, code="1480")
    made = actions.create_area(
        by=operator,
        slug="nordost",
        code="1480-nordost",
        version=city.version,
        kind=AreaKind.CITY_DISTRICT,
        name="Nordöst",
        names={"en": "North East"},
        parent=city,
        shape=[RING],
    )
    kept = Area.objects.get(slug="nordost")
    assert kept.shape == [[[12.0, 57.0], [12.2, 57.0], [12.2, 57.2]]]
    assert (kept.lat, kept.lon) == pytest.approx((57.1, 12.1))
    assert find_position("nordost") == find_position("north east") == (kept.lat, kept.lon)
    assert JournalEntry.objects.about(made).get().actor_id == operator.pk


def test_a_position_that_is_given_is_kept() -> None:
    made = actions.create_area(
        by=None,
        slug="vara",
        code="1470",
        version=AreaVersionFactory.create(),
        kind=AreaKind.MUNICIPALITY,
        name="Vara",
        lat=58.26,
        lon=12.95,
        shape=[RING],
    )
    assert (made.lat, made.lon) == (58.26, 12.95)


@pytest.mark.parametrize("kind", [AreaKind.NEIGHBOURHOOD, AreaKind.CITY_DISTRICT])
def test_an_area_lies_only_in_one_of_a_wider_kind(kind: AreaKind) -> None:
    parent = AreaFactory.create(kind=AreaKind.NEIGHBOURHOOD)
    with pytest.raises(actions.WrongParentError):
        actions.create_area(
            by=None,
            slug="a",
            code="1480-a",
            version=parent.version,
            kind=kind,
            name="A",
            parent=parent,
        )
    assert Area.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "148"),
        ("kind", "kvarter"),
        ("name", ""),
        ("shape", [[(12.0, 57.0), (12.2, 57.0)]]),
        ("lat", 91.0),
    ],
)
def test_an_area_that_cannot_be_is_refused(field: str, value: object) -> None:
    right = {"slug": "a", "code": "1480", "kind": AreaKind.MUNICIPALITY, "name": "A", "lon": 12.0}
    right |= {"version": AreaVersionFactory.create(), "lat": 57.0}
    with pytest.raises(ValidationError):
        actions.create_area(by=None, **(right | {field: value}))  # type: ignore[arg-type]
    assert not Area.objects.exists()
    assert not JournalEntry.objects.exists()


def test_a_venue_is_made_with_its_facts(goteborg: Organisation) -> None:
    area = AreaFactory.create()
    made = actions.create_venue(
        by=None,
        slug="biblioteket",
        name="Stadsdelsbiblioteket",
        names={"ar": "مكتبة الحي"},
        kind="library",
        area=area,
        address="Torget 1",
        postcode="413 14",
        lat=57.7,
        lon=11.9,
        directions={"sv": "Gå in från gården."},
        transport={"sv": "Spårvagn 6 till Torget."},
        owner=goteborg,
        owner_hours="vardagar efter 17",
        facts={"lift": {"sv": "Hissen är smal."}, "pram": {}},
    )
    kept = Venue.objects.get()
    assert (kept, kept.postcode, kept.owner) == (made, "41314", goteborg)
    assert {fact.kind: fact.note for fact in kept.facts.all()} == {
        "lift": {"sv": "Hissen är smal."},
        "pram": {},
    }
    assert find_position("مكتبة") == (57.7, 11.9)
    assert verbs() == ["create_venue", "set_venue_facts"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "slott"), ("postcode", "4131"), ("lat", None), ("directions", {"svenska": "x"})],
)
def test_a_venue_that_cannot_be_is_refused(field: str, value: object) -> None:
    right = {"slug": "a", "name": "A", "kind": "park", "lat": 57.0, "lon": 12.0}
    with pytest.raises(ValidationError):
        actions.create_venue(
            by=None,
            area=AreaFactory.create(),
            **(right | {field: value}),  # type: ignore[arg-type]
        )
    assert not Venue.objects.exists()


def test_a_venue_on_the_net_needs_neither_address_nor_facts() -> None:
    actions.create_venue(
        by=None, slug="natet", name="På nätet", kind="online", area=AreaFactory.create()
    )
    assert verbs() == ["create_venue"]


def test_the_facts_of_a_venue_are_replaced_whole() -> None:
    venue = VenueFactory.create()
    actions.set_venue_facts(by=None, venue=venue, facts={"lift": {}, "pram": {}})
    actions.set_venue_facts(by=None, venue=venue, facts={"pram": {"sv": "I entrén."}})
    assert [(fact.kind, fact.note) for fact in venue.facts.all()] == [("pram", {"sv": "I entrén."})]


def test_a_fact_that_is_not_known_changes_nothing() -> None:
    venue = VenueFactory.create()
    actions.set_venue_facts(by=None, venue=venue, facts={"lift": {}})
    with pytest.raises(ValidationError):
        actions.set_venue_facts(by=None, venue=venue, facts={"pram": {}, "bastu": {}})
    assert [fact.kind for fact in VenueFact.objects.all()] == ["lift"]


def test_a_centre_serves_an_area_however_often_it_is_said(centrum: Centre) -> None:
    area = AreaFactory.create()
    first = actions.serve_area(by=None, centre=centrum, area=area)
    assert actions.serve_area(by=None, centre=centrum, area=area) == first
    assert ServiceArea.objects.count() == 1
    assert verbs() == ["serve_area"]


def test_population_is_written_and_written_over() -> None:
    area = AreaFactory.create()
    counts = [PeopleCount(2025, 16, 24, "T", 900), PeopleCount(2025, 80, OLDEST, "K", 70)]
    assert actions.set_population(by=None, area=area, counts=counts) == 2
    actions.set_population(by=None, area=area, counts=[PeopleCount(2025, 16, 24, "T", 950)])
    kept = Population.objects.order_by("age_from").values_list("age_from", "count")
    assert list(kept) == [(16, 950), (80, 70)]


@pytest.mark.parametrize(
    "wrong",
    [
        PeopleCount(2025, 24, 16, "T", 1),
        PeopleCount(2025, 80, 131, "T", 1),
        PeopleCount(2025, 0, 5, "W", 1),
        PeopleCount(2025, 0, 5, "T", -1),
        PeopleCount(1025, 0, 5, "T", 1),
        PeopleCount(2025, 0, 15, "T", 2),
    ],
)
def test_a_population_that_cannot_be_leaves_nothing(wrong: PeopleCount) -> None:
    right = PeopleCount(2025, 0, 15, "T", 1)
    with pytest.raises(ValidationError):
        actions.set_population(by=None, area=AreaFactory.create(), counts=[right, wrong])
    assert not Population.objects.exists()


def test_postcodes_are_imported_with_heading_comma_and_area() -> None:
    area = AreaFactory.create(slug="majorna")
    rows = ["413 14;57,68;11,95;majorna", "", "83172;63.15;14.73;", "83173;63;14"]
    text = "\n".join(["\ufeffcode;lat;lon;area_slug", *rows])
    assert import_postcodes(by=None, lines=text) == 3
    kept = Postcode.objects.get(code="41314")
    assert (kept.lat, kept.lon, kept.area) == (57.68, 11.95, area)
    assert verbs() == ["import_postcodes"]


def test_postcodes_are_imported_over_those_there_are() -> None:
    import_postcodes(by=None, lines=["41314;57.6;11.9;"])
    import_postcodes(by=None, lines=["41314;57.7;11.8;"])
    assert Postcode.objects.values_list("code", "lat", "lon").get() == ("41314", 57.7, 11.8)


def test_an_empty_file_imports_nothing() -> None:
    assert import_postcodes(by=None, lines="") == 0
    assert verbs() == []


def test_every_bad_row_is_told_before_anything_is_written() -> None:
    text = """code;lat;lon;area_slug
41314;57.68;11.95;
4131;57.68;11.95;
41315;97;11.95;
41316;57.68;öst;
41317;57.68;11.95;atlantis
41314;57.68;11.95;
41318
41319;nan;11.95"""
    with pytest.raises(BadRowsError) as error:
        import_postcodes(by=None, lines=text)
    assert [(row.number, row.why) for row in error.value.rows] == [
        (3, "Postnumret ska vara fem siffror."),
        (4, "Latituden ska vara ett tal mellan -90 och 90."),
        (5, "Longituden ska vara ett tal mellan -180 och 180."),
        (6, "Området finns inte."),
        (7, "Postnumret står redan tidigare i filen."),
        (8, "Raden ska ha kod, latitud, longitud och område."),
        (9, "Latituden ska vara ett tal mellan -90 och 90."),
    ]
    assert error.value.rows[0].text == "4131;57.68;11.95;"
    assert not Postcode.objects.exists()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text('0123456789;,.\n" ', max_size=60))
def test_a_file_is_taken_whole_or_its_bad_rows_are_told(text: str, db: None) -> None:
    before = Postcode.objects.count()
    with suppress(BadRowsError):
        assert import_postcodes(by=None, lines=text) <= Postcode.objects.count()
        return
    assert Postcode.objects.count() == before
