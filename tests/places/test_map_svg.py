"""The map is drawn whole, in proportion and within its box."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from halsonav.places.map_svg import (
    MapArea,
    MapPoint,
    SvgMap,
    areas_for_map,
    draw,
    middle_of,
    venues_for_map,
)
from tests.factories.places import AreaFactory, VenueFactory

SQUARE = [(12.0, 57.0), (12.2, 57.0), (12.2, 57.2), (12.0, 57.2), (12.0, 57.0)]
INSIDE = MapPoint(57.1, 12.1, "Biblioteket", "bibliotek")
POSITIONS = st.tuples(st.floats(10, 24), st.floats(55, 69))


def area(*rings: list[tuple[float, float]], slug: str = "a", count: int = 3) -> MapArea:
    return MapArea("Området", slug, count, rings or None)


def corners(drawn: SvgMap) -> list[tuple[float, float]]:
    numbers = re.findall(r"(-?[\d.]+) (-?[\d.]+)", " ".join(each.d for each in drawn.areas))
    return [(float(x), float(y)) for x, y in numbers]


def test_an_area_becomes_a_closed_path_with_its_name_and_count() -> None:
    drawn = draw([area(SQUARE)], [], width=400)
    (path,) = drawn.areas
    assert (path.name, path.slug, path.count) == ("Området", "a", 3)
    assert re.fullmatch(r"M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){3}Z", path.d)
    assert drawn.view_box == f"0 0 400 {drawn.height}"


def test_each_ring_is_its_own_part_of_the_path() -> None:
    island = [(12.3, 57.0), (12.4, 57.0), (12.4, 57.1)]
    (path,) = draw([area(SQUARE, island)], [], width=400).areas
    assert path.d.count("M") == path.d.count("Z") == 2


def test_north_is_up_and_east_is_right() -> None:
    north_east = MapPoint(57.2, 12.2, "NO", "no")
    south_west = MapPoint(57.0, 12.0, "SV", "sv")
    up, down = draw([], [north_east, south_west], width=400).dots
    assert up.y < down.y
    assert up.x > down.x


def test_degrees_of_longitude_are_narrowed_as_on_the_ground() -> None:
    points = corners(draw([area(SQUARE)], [], width=1000))
    across = max(x for x, _ in points) - min(x for x, _ in points)
    down = max(y for _, y in points) - min(y for _, y in points)
    assert across / down == pytest.approx(math.cos(math.radians(57.1)), rel=0.001)


def test_a_point_in_the_middle_of_its_area_is_drawn_in_the_middle() -> None:
    drawn = draw([area(SQUARE)], [INSIDE], width=400)
    (dot,) = drawn.dots
    assert (dot.label, dot.key) == ("Biblioteket", "bibliotek")
    assert (dot.x, dot.y) == pytest.approx((200, drawn.height / 2), abs=0.6)


def test_an_area_without_a_shape_becomes_nothing_and_points_still_show() -> None:
    drawn = draw([area(), area(SQUARE, slug="b")], [INSIDE], width=400)
    assert [each.slug for each in drawn.areas] == ["b"]
    only_points = draw([area()], [INSIDE], width=400)
    assert only_points.areas == ()
    assert len(only_points.dots) == 1


def test_a_single_point_is_drawn_in_the_middle() -> None:
    drawn = draw([], [INSIDE], width=400)
    assert (drawn.dots[0].x, drawn.dots[0].y) == pytest.approx((200, drawn.height / 2), abs=0.6)


def test_nothing_to_draw_gives_an_empty_map() -> None:
    assert draw([area()], [], width=400) == SvgMap(400, 200, (), ())


@given(st.lists(POSITIONS, min_size=3, max_size=8), st.lists(POSITIONS, max_size=4))
def test_everything_lies_within_the_box(
    ring: list[tuple[float, float]], places: list[tuple[float, float]]
) -> None:
    points = [MapPoint(lat, lon, "", "") for lon, lat in places]
    drawn = draw([area(ring)], points, width=600)
    marks = corners(drawn) + [(dot.x, dot.y) for dot in drawn.dots]
    assert all(0 < x < drawn.width and 0 < y < drawn.height for x, y in marks)
    assert drawn.height <= 600 * 1.7


def test_the_middle_of_a_shape_is_the_middle_of_its_box() -> None:
    assert middle_of([SQUARE]) == pytest.approx((57.1, 12.1))


@pytest.mark.django_db
def test_areas_for_the_map_have_their_name_in_the_language_and_their_count() -> None:
    area = AreaFactory.create(name="Göteborg", names={"en": "Gothenburg"})
    (english,) = areas_for_map([area], {area.pk: 7}, "en")
    (arabic,) = areas_for_map([area], {}, "ar")
    assert (english.name, english.count, english.rings) == ("Gothenburg", 7, None)
    assert (arabic.name, arabic.count) == ("Göteborg", 0)


@pytest.mark.django_db
def test_only_venues_with_a_position_come_on_the_map() -> None:
    placed = VenueFactory.create(slug="a", name="Parken", names={"en": "The park"}, lat=1, lon=2)
    online = VenueFactory.create(lat=None, lon=None)
    assert venues_for_map([placed, online], "en") == [MapPoint(1, 2, "The park", "a")]


def test_an_area_tells_the_corners_of_its_largest_part() -> None:
    island = [(12.3, 57.0), (12.31, 57.0), (12.31, 57.01)]
    (path,) = draw([area(island, SQUARE)], [], width=400).areas
    assert list(path.outline) == corners(draw([area(island, SQUARE)], [], width=400))[3:]
    assert len(path.outline) == 4


def test_a_dot_knows_the_areas_that_it_lies_in() -> None:
    beside = [(12.2, 57.0), (12.4, 57.0), (12.4, 57.2), (12.2, 57.2)]
    outside = MapPoint(57.1, 11.9, "Annat", "annat")
    drawn = draw([area(SQUARE), area(beside, slug="b")], [INSIDE, outside], width=400)
    assert [dot.areas for dot in drawn.dots] == [{"a"}, set()]


def test_dots_on_each_other_become_one_in_their_middle() -> None:
    west, east = MapPoint(57.1, 12.1, "Väst", "v"), MapPoint(57.1, 12.101, "Öst", "o")
    apart = draw([area(SQUARE)], [west, east], width=400).dots
    (both,) = draw([area(SQUARE)], [west, east], width=400, apart=20).dots
    assert [dot.count for dot in apart] == [1, 1]
    assert both.count == 2
    assert both.x == pytest.approx((apart[0].x + apart[1].x) / 2, abs=0.1)


def test_dots_in_two_areas_stay_two() -> None:
    beside = [(12.2, 57.0), (12.4, 57.0), (12.4, 57.2), (12.2, 57.2)]
    here, there = MapPoint(57.1, 12.199, "", ""), MapPoint(57.1, 12.201, "", "")
    drawn = draw([area(SQUARE), area(beside, slug="b")], [here, there], width=400, apart=20)
    assert [dot.count for dot in drawn.dots] == [1, 1]


WANDERING = [(13.0, 63.5), (20.25, 58.5), (23.25, 59.5), (23.75, 61.5), (17.0625, 58.5),
             (21.125, 60.625)]  # fmt: skip
"""Places of which two become one in a middle that lies near a third."""


@given(st.lists(POSITIONS, max_size=8), st.floats(0, 300))
@example(WANDERING, 287.0)
def test_no_place_is_lost_when_dots_become_one(
    places: list[tuple[float, float]], apart: float
) -> None:
    points = [MapPoint(lat, lon, "", "") for lon, lat in places]
    dots = draw([], points, width=600, apart=apart).dots
    assert sum(dot.count for dot in dots) == len(places)
    spots = [(dot.x, dot.y) for dot in dots]
    gaps = [math.dist(one, other) for n, one in enumerate(spots) for other in spots[:n]]
    assert all(gap >= apart - 0.2 for gap in gaps)
