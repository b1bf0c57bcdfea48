"""Reads that span areas, venues and centres."""

import pytest

from halsonav.people.models import Centre
from halsonav.places import queries
from halsonav.places.actions import PeopleCount, set_population
from halsonav.places.map_svg import MapPoint
from halsonav.places.models import AreaKind
from tests.factories.places import AreaFactory, ServiceAreaFactory, VenueFactory

pytestmark = pytest.mark.django_db


def test_a_centre_serves_all_that_lies_in_its_areas(centrum: Centre, torvalla: Centre) -> None:
    city = AreaFactory.create(kind=AreaKind.MUNICIPALITY, code="1480")
    part = AreaFactory.create(parent=city)
    elsewhere = AreaFactory.create()
    ServiceAreaFactory.create(centre=centrum, area=city)
    ServiceAreaFactory.create(centre=torvalla, area=part)
    assert set(queries.areas_served_by(centrum)) == {city.pk, part.pk}
    assert queries.centres_serving(part) == [centrum, torvalla]
    assert queries.centres_serving(city) == [centrum]
    assert queries.centres_serving(elsewhere) == []


def test_inhabitants_are_added_up_over_whole_groups() -> None:
    area = AreaFactory.create()
    counts = [
        PeopleCount(2025, 0, 15, "T", 100),
        PeopleCount(2025, 16, 24, "T", 40),
        PeopleCount(2025, 25, 64, "T", 300),
        PeopleCount(2025, 16, 24, "K", 21),
        PeopleCount(2024, 16, 24, "T", 39),
    ]
    set_population(by=None, area=area, counts=counts)
    assert queries.inhabitants(area, 2025, 16, 64) == 340
    assert queries.inhabitants(area, 2025, 10, 64) == 340
    assert queries.inhabitants(area, 2025, 16, 24, "K") == 21
    assert queries.inhabitants(area, 2023, 0, 130) == 0


def test_areas_for_the_map_have_their_name_in_the_language_and_their_count() -> None:
    area = AreaFactory.create(name="Göteborg", names={"en": "Gothenburg"})
    (english,) = queries.areas_for_map([area], {area.pk: 7}, "en")
    (arabic,) = queries.areas_for_map([area], {}, "ar")
    assert (english.name, english.count, english.rings) == ("Gothenburg", 7, None)
    assert (arabic.name, arabic.count) == ("Göteborg", 0)


def test_only_venues_with_a_position_come_on_the_map() -> None:
    placed = VenueFactory.create(slug="a", name="Parken", names={"en": "The park"}, lat=1, lon=2)
    online = VenueFactory.create(lat=None, lon=None)
    assert queries.venues_for_map([placed, online], "en") == [MapPoint(1, 2, "The park", "a")]
