"""Distances along the earth, and where a postcode or a name lies."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from halsonav.places.models import AreaKind
from halsonav.places.nearness import distance_metres, find_position, folded_names
from tests.factories.places import AreaFactory, PostcodeFactory, VenueFactory

GOTEBORG, STOCKHOLM = (57.7089, 11.9746), (59.3293, 18.0686)
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)
HALF_AROUND = math.pi * 6_371_008.8


def on_the_ball(lat: float, lon: float) -> NDArray[np.float64]:
    """Return the position as a point on a ball of radius one: another way to the same distance."""
    rise, turn = np.radians(lat), np.radians(lon)
    return np.array([np.cos(rise) * np.cos(turn), np.cos(rise) * np.sin(turn), np.sin(rise)])


def test_the_distance_between_two_cities_is_that_of_the_angle_between_them() -> None:
    angle = np.arccos(on_the_ball(*GOTEBORG) @ on_the_ball(*STOCKHOLM))
    assert distance_metres(*GOTEBORG, *STOCKHOLM) == pytest.approx(6_371_008.8 * angle, abs=1)
    assert distance_metres(*GOTEBORG, *STOCKHOLM) == pytest.approx(397_000, abs=1_000)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_metres(57, 12, 58, 12) == pytest.approx(111_195, abs=1)


@given(LATS, LONS, LATS, LONS)
def test_distances_are_the_same_both_ways_and_never_too_long(
    lat1: float, lon1: float, lat2: float, lon2: float
) -> None:
    there = distance_metres(lat1, lon1, lat2, lon2)
    assert 0 <= there <= HALF_AROUND + 1
    assert distance_metres(lat2, lon2, lat1, lon1) == pytest.approx(there, abs=1e-3)
    assert distance_metres(lat1, lon1, lat1, lon1) == 0


@given(LATS, LONS, st.lists(st.tuples(LATS, LONS), min_size=1, max_size=5))
def test_arrays_give_what_single_positions_give(
    lat: float, lon: float, others: list[tuple[float, float]]
) -> None:
    lats, lons = np.array(others).T
    found = distance_metres(lat, lon, lats, lons)
    assert found == pytest.approx([distance_metres(lat, lon, *each) for each in others], abs=1e-3)


def test_an_unknown_position_in_an_array_stays_unknown() -> None:
    found = distance_metres(*GOTEBORG, np.array([57.0, np.nan]), np.array([12.0, np.nan]))
    assert np.isnan(found).tolist() == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["413 14", "41314", " 413  14 ", "SE-413 14", "se 41314"])
def test_a_postcode_is_found_however_it_is_written(text: str) -> None:
    PostcodeFactory.create(code="41314", lat=57.68, lon=11.95)
    assert find_position(text) == (57.68, 11.95)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["413 15", "", "   ", "4131", "Atlantis", "|", "%", "_", "\0", "a" * 9999]
)
def test_what_is_not_known_lies_nowhere(text: str) -> None:
    PostcodeFactory.create(code="41314")
    AreaFactory.create(name="Kortedala")
    assert find_position(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "Göteborg",
        "göteborg",
        "GOTEBORG",
        "goteb",
        "Gothenburg",
        "يوتوبوري",
        "  göteborg ",
        "göteborg\0",
    ],
)
def test_an_area_is_found_by_its_names_in_any_dress(text: str) -> None:
    AreaFactory.create(
        name="Göteborg", names={"en": "Gothenburg", "ar": "يوتوبوري"}, lat=57.7, lon=11.97
    )
    assert find_position(text) == (57.7, 11.97)


@pytest.mark.django_db
def test_a_name_is_found_by_its_beginning_and_not_by_its_middle() -> None:
    AreaFactory.create(name="Västra Frölunda")
    assert find_position("västra fr")
    assert find_position("frölunda") is None


@pytest.mark.django_db
def test_a_venue_is_found_by_name() -> None:
    VenueFactory.create(name="Torvalla bibliotek", lat=63.15, lon=14.73)
    assert find_position("torvalla bib") == (63.15, 14.73)


@pytest.mark.django_db
def test_the_whole_name_comes_first_then_areas_then_wide_ones() -> None:
    VenueFactory.create(name="Vara bibliotek", lat=1, lon=1)
    AreaFactory.create(name="Varaslätten", lat=2, lon=2)
    assert find_position("vara") == (2, 2)
    AreaFactory.create(name="Varaby", kind=AreaKind.MUNICIPALITY, code="1470", lat=3, lon=3)
    assert find_position("vara") == (3, 3)
    VenueFactory.create(name="Vara", lat=4, lon=4)
    assert find_position("vara") == (4, 4)
    AreaFactory.create(name="Vara", lat=5, lon=5)
    assert find_position("vara") == (5, 5)


@pytest.mark.django_db
def test_an_area_without_a_position_is_passed_over() -> None:
    AreaFactory.create(name="Kortedala", lat=None, lon=None)
    assert find_position("kortedala") is None
    VenueFactory.create(name="Kortedala torg", lat=57.75, lon=12.03)
    assert find_position("kortedala") == (57.75, 12.03)


def test_names_are_folded_once_each() -> None:
    names = {"en": "Goteborg", "fi": "Göte|borg", "ar": " "}
    assert folded_names("Göteborg", names) == "|goteborg|gote borg|"
