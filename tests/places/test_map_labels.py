"""Names and numbers stand inside their shapes, off the borders and off the dots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halsonav.places.map_labels import AIR, DOT, LINE, SIGN, Label, place

SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
HOOK = [(0.0, 0.0), (200.0, 0.0), (200.0, 60.0), (60.0, 60.0), (60.0, 200.0), (0.0, 200.0)]
inner = st.floats(5, 95)


def box(label: Label, scale: float = 1) -> tuple[float, float, float, float]:
    """Return the label's left, top, right and lower edge."""
    wide, high = max(map(len, label.lines)) * SIGN / scale, len(label.lines) * LINE / scale
    return label.x - wide / 2, label.y - high / 2, label.x + wide / 2, label.y + high / 2


def test_a_name_that_fits_stands_in_the_middle() -> None:
    label = place(SQUARE, "Haga", "7", [], scale=1)
    assert label.lines == ("Haga",)
    assert (label.x, label.y) == pytest.approx((50, 50), abs=3)


def test_a_name_that_does_not_fit_gives_way_to_the_number() -> None:
    assert place(SQUARE, "Inom Vallgraven", "7", [], scale=0.6).lines == ("7",)


def test_a_name_of_two_words_may_stand_on_two_lines() -> None:
    label = place(SQUARE, "Inom Vallgraven", "7", [], scale=1)
    assert label.lines == ("Inom", "Vallgraven")


def test_the_same_name_fits_where_the_map_is_shown_larger() -> None:
    assert place(SQUARE, "Inom Vallgraven", "7", [], scale=2).lines == ("Inom Vallgraven",)


def test_a_bent_shape_has_its_name_within_it_and_not_at_its_weight_point() -> None:
    label = place(HOOK, "Hisingen", "7", [], scale=1)
    left, top, right, low = box(label)
    assert label.lines == ("Hisingen",)
    assert 0 < left < right < 200
    assert 0 < top < low < 60


def test_what_has_no_surface_has_its_number_at_its_beginning() -> None:
    assert place([(3, 4), (9, 9), (3, 4)], "Ö", "1", [], scale=1) == Label(("1",), 3, 4)


@given(inner, inner)
def test_a_number_gives_way_to_a_dot_and_stays_inside(x: float, y: float) -> None:
    left, top, right, low = box(place(SQUARE, "Ett mycket långt namn", "12", [(x, y)], scale=1))
    assert 0 < left < right < 100
    assert 0 < top < low < 100
    assert not (left - DOT < x < right + DOT and top - DOT < y < low + DOT)


@given(st.lists(st.tuples(inner, inner), max_size=6), st.floats(0.3, 3))
def test_a_name_never_touches_a_border_or_a_dot(
    dots: list[tuple[float, float]], scale: float
) -> None:
    label = place(SQUARE, "Annedal", "1", dots, scale=scale)
    if label.lines == ("1",):
        return
    left, top, right, low = box(label, scale)
    air = AIR / 2 / scale - 0.2  # a tenth of a unit is lost when a spot is written
    assert min(left, top) > air
    assert max(right, low) < 100 - air
    reach = DOT / scale
    for x, y in dots:
        beside = x < left - reach or x > right + reach
        assert beside or y < top - reach or y > low + reach
