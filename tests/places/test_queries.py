"""Reads that span areas, venues and centres."""

import pytest

from halsonav.people.models import Centre
from halsonav.places import queries
from halsonav.places.actions import PeopleCount, set_population
from halsonav.places.models import AreaKind
from tests.factories.places import AreaFactory, ServiceAreaFactory

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
