"""Rules mean what other readers of RFC 5545 mean by them, on Swedish clocks."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import pytest
import recurring_ical_events
from icalendar import Calendar

from halsonav.lib.recurrence import LONGEST, UnreadableRuleError, days, read_rule, slots
from halsonav.lib.swedish_calendar import STOCKHOLM

RULES: Final = 300
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_DAYS: Final = (
    date(2024, 2, 26),  # a leap year
    date(2024, 12, 30),
    date(2026, 3, 23),  # clocks go forward
    date(2026, 10, 19),  # clocks go back
    date(2026, 12, 31),
)
CLOCKS: Final = ((time(10), time(11, 30)), (time(18, 15), time(20)), (time(0, 30), time(1)))


def a_rule(made: random.Random) -> str:
    """Return one of the rules that a schedule may have, as a coordinator would make it."""
    step = made.choice(["", ";INTERVAL=2", ";INTERVAL=3"])
    end = made.choice(["", "", f";COUNT={made.randint(1, 30)}", ";UNTIL=20270115"])
    some = sorted(made.sample(WEEKDAYS, made.randint(1, 3)), key=WEEKDAYS.index)
    kind = made.choice(
        [
            "FREQ=DAILY",
            f"FREQ=WEEKLY;BYDAY={','.join(some)}",
            "FREQ=WEEKLY",
            f"FREQ=MONTHLY;BYDAY={made.choice((1, 2, 3, 4, -1))}{made.choice(WEEKDAYS)}",
            f"FREQ=MONTHLY;BYMONTHDAY={made.choice((1, 15, 28, 29, 31, -1))}",
            f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={made.choice((1, -1))}",
            f"FREQ=YEARLY;BYMONTH={made.randint(1, 12)};BYMONTHDAY={made.randint(1, 31)}",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        ]
    )
    return kind + step + end


def by_another_reader(
    rule: str, first: date, last: date, start: time, end: time
) -> list[tuple[datetime, datetime]]:
    """Return the UTC times that recurring_ical_events finds."""
    text = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART;TZID=Europe/Stockholm:{datetime.combine(first, start):%Y%m%dT%H%M%S}\r\n"
        f"DTEND;TZID=Europe/Stockholm:{datetime.combine(first, end):%Y%m%dT%H%M%S}\r\n"
        f"RRULE:{rule.replace('UNTIL=20270115', 'UNTIL=20270115T225959Z')}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    after = datetime.combine(last + timedelta(days=1), time(), STOCKHOLM)
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(
        datetime.combine(first, time(), STOCKHOLM), after
    )
    times = [(one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC)) for one in found]
    return sorted(times)


def test_generated_rules_agree_with_another_reader() -> None:
    made = random.Random(26)
    for _ in range(RULES):
        rule, (start, end) = a_rule(made), made.choice(CLOCKS)
        first = made.choice(FIRST_DAYS)
        last = first + timedelta(days=made.choice((40, 300, 800)))
        own = days(rule, first, last)
        if not own:
            continue
        # The other reader counts its own first time too, so it begins where the rule does.
        first = own[0]
        if "COUNT" in rule or "INTERVAL" in rule:
            own = days(rule, first, last)
        ours = [(slot.start, slot.end) for slot in slots(own, start, end)]
        assert ours == by_another_reader(rule, first, last, start, end), (rule, first, last)


def test_ten_oclock_stays_ten_oclock_over_both_changes() -> None:
    for first in (date(2026, 3, 23), date(2026, 10, 19)):
        found = slots(days("FREQ=DAILY", first, first + timedelta(days=9)), time(10), time(11))
        assert {slot.start.astimezone(STOCKHOLM).time() for slot in found} == {time(10)}
        assert {slot.end - slot.start for slot in found} == {timedelta(hours=1)}
        assert len({slot.start.hour for slot in found}) == 2


def test_leap_day_comes_only_in_leap_years() -> None:
    rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"
    assert days(rule, date(2024, 1, 1), date(2033, 1, 1)) == [
        date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29)]  # fmt: skip


def test_skipped_days_are_left_out_and_still_counted() -> None:
    monday = date(2026, 11, 23)
    found = days("FREQ=WEEKLY;COUNT=3", monday, date(2027, 12, 31), [date(2026, 11, 30)])
    assert found == [monday, date(2026, 12, 7)]


@pytest.mark.parametrize("until", ["20261201", "20261201T000000", "20261201T090000Z"])
def test_the_last_day_is_a_whole_day(until: str) -> None:
    found = days(f"freq=daily;until={until}", date(2026, 11, 29), date(2027, 1, 1))
    assert found == [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)]


def test_an_end_at_or_before_the_start_is_on_the_next_day() -> None:
    [slot] = slots([date(2026, 11, 24)], time(23), time(1))
    assert slot.end - slot.start == timedelta(hours=2)
    [slot] = slots([date(2026, 11, 24)], time(10), time(10))
    assert slot.end - slot.start == timedelta(days=1)


def test_a_time_in_the_skipped_hour_still_has_a_length() -> None:
    [slot] = slots([date(2026, 3, 29)], time(2, 30), time(3, 15))
    assert slot.start < slot.end


def test_an_endless_rule_comes_to_an_end() -> None:
    assert len(days("FREQ=DAILY", date(2000, 1, 1), date(2200, 1, 1))) == LONGEST


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every tuesday",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=1000000000",
        "BYDAY=TU",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=many",
        "FREQ=WEEKLY;COUNT=",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=MONTHLY;BYMONTHDAY=x",
        "FREQ=WEEKLY;X-OTHER=1",
        "FREQ=WEEKLY\nDTSTART:19000101",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;COUNT=99999999999999999999999",
    ],
)
def test_a_rule_that_no_schedule_may_have_is_refused(rule: str) -> None:
    with pytest.raises(UnreadableRuleError):
        list(days(rule, date(2026, 11, 24), date(2027, 1, 1)))


def test_the_refusal_says_why() -> None:
    with pytest.raises(UnreadableRuleError, match="BYHOUR"):
        read_rule("FREQ=DAILY;BYHOUR=1", date(2026, 11, 24))
