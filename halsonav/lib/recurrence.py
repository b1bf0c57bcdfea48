"""When something comes back: RFC 5545 rules in wall-clock time, over python-dateutil.

A rule is expanded in naive local time and only then put on Sweden's clock, so that ten o'clock
stays ten o'clock over both clock changes.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulebase, rrulestr

from halsonav.lib import swedish_calendar

LONGEST = 5_000
_ALLOWED = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST",
     "BYWEEKNO", "BYYEARDAY")
)  # fmt: skip
_FREQUENCIES = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))


class UnreadableRuleError(ValueError):
    """The text is no recurrence rule that a schedule may have; the message says why."""


@dataclass(frozen=True)
class Slot:
    """One time of a schedule: UTC start and end."""

    start: datetime
    end: datetime


def read_rule(rule: str, first_day: date) -> rrulebase:
    """Return the rule as a dateutil rule from `first_day`; raise `UnreadableRuleError`."""
    parts = _parts(rule)
    if parts.get("FREQ") not in _FREQUENCIES:
        raise UnreadableRuleError("A rule says DAILY, WEEKLY, MONTHLY or YEARLY.")
    unknown = parts.keys() - _ALLOWED
    if unknown:
        raise UnreadableRuleError(f"A rule cannot hold {', '.join(sorted(unknown))}.")
    for name in parts.keys() & {"INTERVAL", "COUNT"}:
        if not (parts[name].isdecimal() and 1 <= int(parts[name][:9]) <= LONGEST):
            raise UnreadableRuleError(f"{name} is a number from 1 to {LONGEST}.")
    try:
        return rrulestr(_naive_until(parts), dtstart=datetime.combine(first_day, time()))
    except (ValueError, TypeError, OverflowError) as error:
        raise UnreadableRuleError(f"The rule cannot be read: {error}.") from error


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in rule.strip().upper().split(";") if part]
    return {name.strip(): value.strip() for name, _, value in pairs}


def _naive_until(parts: dict[str, str]) -> str:
    """UNTIL counts whole local days here: the time is cut off and the last day is kept."""
    kept = dict(parts)
    if "UNTIL" in kept:
        kept["UNTIL"] = kept["UNTIL"][:8] + "T235959"
    return ";".join(f"{name}={value}" for name, value in kept.items())


def days(rule: str, first_day: date, last_day: date, skipped: Collection[date] = ()) -> list[date]:
    """Return the days of a rule from `first_day` through `last_day`, without the skipped ones."""
    until = datetime.combine(last_day, time.max)
    found = islice(read_rule(rule, first_day), LONGEST)
    result = []
    for moment in found:
        if moment > until:
            break
        if moment.date() not in skipped:
            result.append(moment.date())
    return result


def slots(on_days: Iterable[date], start: time, end: time) -> list[Slot]:
    """Return the UTC slots of local days; an end at or before the start is on the next day."""
    over_midnight = timedelta(days=1 if end <= start else 0)
    return [_slot(day, start, day + over_midnight, end) for day in on_days]


def _slot(day: date, start: time, end_day: date, end: time) -> Slot:
    begins = swedish_calendar.at_wall_clock(day, start)
    ends = swedish_calendar.at_wall_clock(end_day, end)
    if ends <= begins:  # the night when an hour is skipped
        ends = begins + timedelta(minutes=1)
    return Slot(begins.astimezone(UTC), ends.astimezone(UTC))
