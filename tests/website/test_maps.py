"""Maps say what they show: names, numbers as in the list, units, dots, and why sums differ."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
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


def square(lon: float, wide: float) -> list[list[list[float]]]:
    return [[[lon, 57.0], [lon + wide, 57.0], [lon + wide, 57.1], [lon, 57.1]]]


def part(town: Area, name: str, lon: float, wide: float = 0.1) -> Area:
    """Return a neighbourhood of the town with a place in its middle."""
    slug = re.sub("[^a-z]+", "-", name.lower())
    made = AreaFactory.create(
        kind="neighbourhood", name=name, slug=slug, parent=town, shape=square(lon, wide)
    )
    VenueFactory.create(name=name, area=made, lat=57.05, lon=lon + wide / 2)
    return made


@pytest.fixture(autouse=True)
def town(db: None) -> Iterator[Area]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        town = AreaFactory.create(kind="municipality", code="1480", name="Staden", slug="staden")
        part(town, "Norr", 12.0)
        part(town, "Söder", 12.1)
        yield town
    finder.forget()


def held_in(*names: str) -> Activity:
    """Return an activity that is held once in each of the places."""
    venues = [Venue.objects.get(name=name) for name in names]
    made = published("Promenad", FIRST, venue=venues[0])
    for days, venue in enumerate(venues[1:]):
        OccurrenceFactory.create(activity=made, slot=SECOND + timedelta(days), venue=venue)
    finder.write_activity(made)
    return made


def read(path: str) -> str:
    return Client().get(path).content.decode()


def on_map(page: str) -> list[str]:
    """Return what stands on the shapes, a name or number each, with the map it is for."""
    texts = re.findall(r'<text class="([^"]*)"[^>]*>(.*?)</text>', page)
    return [" ".join(re.sub("<.*?>", " ", words).split() + on.split()) for on, words in texts]


def in_list(page: str) -> list[str]:
    """Return the numbers in the list beside."""
    return re.findall(r'<i aria-hidden="true">([^<]*)</i>', page)


def test_shapes_have_their_names_and_the_list_no_numbers() -> None:
    held_in("Norr", "Söder")
    for path in ("/omraden/", "/aktiviteter/?view=map"):
        page = read(path)
        assert on_map(page) == ["Norr", "Söder"]
        assert in_list(page) == []
        assert "Numren på kartan" not in page


def test_where_a_name_does_not_fit_the_number_in_the_list_stands(town: Area) -> None:
    part(town, "Östra lilla backen", 12.2, 0.01)
    held_in("Norr", "Söder", "Östra lilla backen")
    for path in ("/omraden/", "/aktiviteter/?view=map"):
        page = read(path)
        assert on_map(page) == ["Norr", "Söder", "3 digit"]
        assert in_list(page) == ["1", "2", "3"]
        assert "Numren på kartan är de i listan." in page


def test_a_wide_map_has_names_that_a_narrow_one_has_no_room_for(town: Area) -> None:
    part(town, "Trädgårdsstaden", 12.2)
    held_in("Norr", "Söder", "Trädgårdsstaden")
    for path in ("/omraden/", "/aktiviteter/?view=map"):
        page = read(path)
        assert on_map(page) == ["Norr", "Söder", "3 digit narrow", "Trädgårdsstaden wide"]
        assert re.findall(r'<i class="narrow" aria-hidden="true">(.)</i>', page) == ["1", "2", "3"]
        assert '<p class="muted small narrow">Numren på kartan är de i listan.</p>' in page


def test_how_far_ahead_is_counted_is_told_where_no_day_is_chosen() -> None:
    held_in("Norr", "Söder")
    ahead = "Vi räknar allt som är planerat från och med i dag."
    assert ahead in read("/aktiviteter/?view=map")
    assert ahead not in read("/aktiviteter/?view=map&day=2026-11-24")


def test_a_place_keeps_its_number_when_others_are_filtered_away(town: Area) -> None:
    part(town, "Alingsudde norra del", 11.99, 0.01)
    part(town, "Östra lilla backen", 12.2, 0.01)
    held_in("Alingsudde norra del", "Norr", "Söder")
    held_in("Östra lilla backen")
    assert in_list(read("/aktiviteter/?view=map")) == ["1", "2", "3", "4"]
    assert in_list(read("/omraden/")) == ["1", "2", "3", "4"]
    assert in_list(read("/aktiviteter/?view=map&day=2026-11-24")) == ["1", "4"]


def test_a_number_has_its_unit() -> None:
    held_in("Norr")
    assert "<b>1 aktivitet</b>" in read("/omraden/")
    assert "<b>1 tillfälle</b>" in read("/aktiviteter/?view=map")


def test_dots_are_explained() -> None:
    held_in("Norr")
    for path in ("/omraden/", "/omraden/norr/", "/aktiviteter/?view=map"):
        page = read(path)
        assert "En prick är en plats där något händer." in page
        assert "En större prick" not in page


def test_places_on_each_other_are_one_larger_dot() -> None:
    VenueFactory.create(name="Bredvid", area=Area.objects.get(slug="norr"), lat=57.05, lon=12.0501)
    held_in("Norr", "Bredvid")
    page = read("/omraden/")
    assert page.count('class="point many"') == page.count('class="point') == 1
    assert "En större prick är flera platser." in page


def test_a_map_of_many_areas_has_names_and_no_dots(town: Area) -> None:
    names = [f"Del {letter}" for letter in "ABCDEFG"]
    for n, name in enumerate(names):
        part(town, name, 12.2 + n / 10)
    held_in(*names)
    page = read("/omraden/")
    assert 'class="point' not in page
    assert "En prick" not in page


def test_several_towns_have_links_to_each() -> None:
    held_in("Norr")
    assert 'href="#karta-staden"' not in read("/omraden/")
    other = AreaFactory.create(kind="municipality", code="0665", name="Byn", slug="byn")
    part(other, "Mitt i byn", 14.0)
    held_in("Mitt i byn")
    page = read("/omraden/")
    for slug in ("staden", "byn"):
        assert f'href="#karta-{slug}"' in page
        assert f'id="karta-{slug}"' in page


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


def test_a_map_of_one_area_shows_what_is_next_there_and_leads_to_all_of_it() -> None:
    held_in("Norr")
    for _ in range(2):
        held_in("Norr", "Norr", "Söder")
    for path in ("area=norr&view=map", "q=promenad&area=norr&view=map"):
        page = read(f"/aktiviteter/?{path}")
        assert page.count('<li class="dep') == 3
        assert page.count('<small class="date">') == 3
        way = re.search(r'<p class="more"><a href="([^"]*)">(.*?)</a>', page)
        assert way
        assert way[2] == "Se alla 5 tillfällen"
        every = read(way[1].replace("&amp;", "&"))
        assert '<strong class="num">5 tillfällen</strong>' in every
        assert every.count('<li class="dep') == 5
    assert '<li class="dep' not in read("/aktiviteter/?view=map")
