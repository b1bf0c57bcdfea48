"""Maps say what they show: numbers as in the list, units, what a dot is, and why sums differ."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import pytest
import time_machine
from django.test import Client

from halsonav.places.models import Area, Venue
from halsonav.programme import finder
from halsonav.programme.models import Activity
from tests.factories.places import AreaFactory, VenueFactory
from tests.factories.programme import OccurrenceFactory, published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FIRST: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SECOND: Final = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TWICE: Final = "En aktivitet som finns på flera platser räknas på varje plats."


def square(lon: float) -> list[list[list[float]]]:
    return [[[lon, 57.0], [lon + 0.1, 57.0], [lon + 0.1, 57.1], [lon, 57.1]]]


@pytest.fixture(autouse=True)
def town(db: None) -> Iterator[Area]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        town = AreaFactory.create(kind="municipality", code="1480", name="Staden", slug="staden")
        for name, lon in (("Norr", 12.0), ("Söder", 12.1)):
            part = AreaFactory.create(
                kind="neighbourhood", name=name, slug=name.lower().replace("ö", "o"),
                parent=town, shape=square(lon),
            )  # fmt: skip
            VenueFactory.create(name=name, area=part, lat=57.05, lon=lon + 0.05)
        yield town
    finder.forget()


def held_in(*names: str) -> Activity:
    """Return an activity that is held once in each of the places."""
    venues = [Venue.objects.get(name=name) for name in names]
    made = published("Promenad", FIRST, venue=venues[0])
    for venue in venues[1:]:
        OccurrenceFactory.create(activity=made, slot=SECOND, venue=venue)
    finder.write_activity(made)
    return made


def read(path: str) -> str:
    return Client().get(path).content.decode()


def numbers(page: str) -> tuple[list[str], list[str]]:
    """Return the numbers on the map's shapes, and those in the list beside."""
    return (
        re.findall(r"<text[^>]*>([^<]*)</text>", page),
        re.findall(r'<i aria-hidden="true">([^<]*)</i>', page),
    )


def test_shapes_and_list_have_the_same_numbers() -> None:
    held_in("Norr", "Söder")
    for path in ("/omraden/", "/aktiviteter/?view=map"):
        on_map, beside = numbers(read(path))
        assert on_map == beside == ["1", "2"]


def test_a_number_has_its_unit() -> None:
    held_in("Norr")
    assert "<b>1 aktivitet</b>" in read("/omraden/")
    assert "<b>1 tillfälle</b>" in read("/aktiviteter/?view=map")


def test_numbers_and_dots_are_explained() -> None:
    held_in("Norr")
    for path in ("/omraden/", "/omraden/norr/", "/aktiviteter/?view=map"):
        page = read(path)
        assert "Numren på kartan är de i listan. En prick är en plats där något händer." in page


def test_an_activity_in_two_places_is_told_where_the_sum_differs() -> None:
    held_in("Norr", "Söder")
    assert TWICE in read("/omraden/")
    assert TWICE not in read("/aktiviteter/?view=map")  # there times are counted


def test_where_the_sum_is_right_nothing_is_said_of_it() -> None:
    held_in("Norr")
    assert TWICE not in read("/omraden/")


def test_a_dot_on_the_chosen_shape_has_another_colour() -> None:
    held_in("Norr", "Söder")
    page = read("/aktiviteter/?view=map")
    assert page.count('class="point"') == 2
    page = read("/omraden/norr/")
    assert page.count('class="point on"') == 1
