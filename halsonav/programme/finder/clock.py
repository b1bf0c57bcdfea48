"""The finder's clock: what "now", "today" and "this week" are in minutes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from halsonav.lib.swedish_calendar import at_wall_clock, monday_of, wall_clock

TICK: Final = 5
"""Minutes: what is over is found out this often, so that counts can be kept in between."""
FAR: Final = 60 * 24 * 365 * 200


@dataclass(frozen=True)
class Moment:
    """Now, rounded down to a tick: `tick` in minutes since 1970 UTC, `today` on Sweden's clocks."""

    tick: int
    today: date

    @classmethod
    def of(cls, now: datetime) -> "Moment":
        """Return the moment of an aware time."""
        minutes = int(now.timestamp()) // 60
        return cls(minutes - minutes % TICK, wall_clock(now).date())


def midnight(day: date) -> int:
    """Return when the day begins in Sweden, in minutes since 1970 UTC."""
    return int(at_wall_clock(day, time()).timestamp()) // 60


def window_days(window: str, today: date) -> tuple[date, date]:
    """Return the first day of a window and the day after its last."""
    week = monday_of(today)
    saturday = today if today.weekday() == 6 else week + timedelta(days=5)
    return {
        "today": (today, today + timedelta(days=1)),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=2)),
        "weekend": (saturday, week + timedelta(days=7)),
        "week": (today, week + timedelta(days=7)),
        "next-week": (week + timedelta(days=7), week + timedelta(days=14)),
    }[window]


def window_minutes(
    window: str, moment: Moment, week: date | None = None, day: date | None = None
) -> tuple[int, int]:
    """Return [first, last) of a window in minutes UTC; without a window all that is to come."""
    if day is not None:
        return midnight(day), midnight(day + timedelta(days=1))
    if week is not None:
        return midnight(week), midnight(week + timedelta(days=7))
    if not window:
        return 0, FAR
    first, after = window_days(window, moment.today)
    return midnight(first), midnight(after)
