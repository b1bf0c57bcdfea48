"""Red days, weeks and clocks are those of Sweden."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halsonav.lib.swedish_calendar import (
    at_wall_clock,
    eve,
    monday_of,
    red_day,
    wall_clock,
    week_number,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 6), "Trettondedag jul"),
        (date(2026, 4, 3), "Långfredagen"),
        (date(2026, 5, 14), "Kristi himmelsfärdsdag"),
        (date(2026, 6, 6), "Nationaldagen"),
        (date(2026, 6, 20), "Midsommardagen"),
        (date(2026, 10, 31), "Alla helgons dag"),
        (date(2026, 12, 25), "Juldagen"),
        (date(2027, 3, 26), "Långfredagen"),
    ],
)
def test_a_red_day_has_its_swedish_name(day: date, name: str) -> None:
    assert red_day(day) == name


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 11, 29), date(2026, 6, 5)])
def test_other_days_and_plain_sundays_are_not_named(day: date) -> None:
    assert red_day(day) is None


def test_eves_are_named() -> None:
    assert eve(date(2026, 12, 24)) == "Julafton"
    assert eve(date(2026, 4, 30)) == "Valborgsmässoafton"
    assert eve(date(2026, 12, 25)) is None


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 11, 24), time(10), datetime(2026, 11, 24, 9, tzinfo=UTC)),
        (date(2026, 7, 1), time(10), datetime(2026, 7, 1, 8, tzinfo=UTC)),
        (date(2026, 3, 28), time(10), datetime(2026, 3, 28, 9, tzinfo=UTC)),
        (date(2026, 3, 29), time(10), datetime(2026, 3, 29, 8, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30, fold=1), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(3), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    ],
)
def test_clocks_in_sweden(day: date, clock: time, moment: datetime) -> None:
    assert at_wall_clock(day, clock) == moment
    assert at_wall_clock(day, clock).tzinfo is UTC


@given(DAYS, st.times().map(lambda clock: clock.replace(microsecond=0)))
def test_what_clocks_show_comes_back(day: date, clock: time) -> None:
    shown = wall_clock(at_wall_clock(day, clock))
    late = datetime.combine(day, clock) + timedelta(hours=1)
    assert shown.replace(tzinfo=None, fold=0) in (datetime.combine(day, clock), late)
    if shown.replace(tzinfo=None, fold=0) == late:
        assert (day.month, day.weekday(), clock.hour) == (3, 6, 2)


@pytest.mark.parametrize(
    ("day", "number", "monday"),
    [
        (date(2026, 11, 24), 48, date(2026, 11, 23)),
        (date(2026, 12, 31), 53, date(2026, 12, 28)),
        (date(2027, 1, 3), 53, date(2026, 12, 28)),
        (date(2027, 1, 4), 1, date(2027, 1, 4)),
        (date(2024, 12, 30), 1, date(2024, 12, 30)),
    ],
)
def test_weeks_are_counted_as_swedes_do(day: date, number: int, monday: date) -> None:
    assert (week_number(day), monday_of(day)) == (number, monday)


@given(DAYS)
def test_a_week_begins_on_monday_and_keeps_its_number(day: date) -> None:
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert monday <= day < monday + timedelta(days=7)
    assert week_number(monday) == week_number(day)
