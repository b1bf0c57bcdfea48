"""Red days, weeks and wall-clock time in Sweden."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_EVES = {(4, 30): "Valborgsmässoafton", (12, 24): "Julafton", (12, 31): "Nyårsafton"}


@lru_cache(maxsize=64)
def _red_days_of(year: int) -> dict[date, str]:
    found = holidays.country_holidays("SE", years=year, include_sundays=False, language="sv")
    return dict(found.items())


def red_day(day: date) -> str | None:
    """Return the Swedish name of the red day, or None on any other day (plain Sundays too)."""
    return _red_days_of(day.year).get(day)


def eve(day: date) -> str | None:
    """Return the name of an eve on which much is closed, or None."""
    return _EVES.get((day.month, day.day))


def at_wall_clock(day: date, clock: time) -> datetime:
    """Return the UTC moment at which clocks in Sweden show this day and time.

    A time that does not exist (the skipped hour in March) is read as an hour later; one that
    exists twice (October) is the first of the two.
    """
    return datetime.combine(day, clock.replace(fold=0), STOCKHOLM).astimezone(UTC)


def wall_clock(moment: datetime) -> datetime:
    """Return an aware moment as Swedish wall-clock time."""
    return moment.astimezone(STOCKHOLM)


def monday_of(day: date) -> date:
    """Return the Monday of the day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def week_number(day: date) -> int:
    """Return the week number as Swedes count it (ISO 8601)."""
    return day.isocalendar().week
