"""Nothing goes before its day is over, whatever the clocks do in March and October."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from halsonav.lib.swedish_calendar import at_wall_clock, wall_clock
from halsonav.people.models import Attempt, User
from halsonav.people.privacy.retention import Kept, Rule
from halsonav.programme.models import MissedSearch

MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
SPANS = st.builds(Kept, st.integers(0, 3), st.integers(0, 14), st.integers(0, 400)).filter(
    lambda kept: not kept.is_until
)


def _goes(kept: Kept, since: datetime, now: datetime) -> bool:
    """Ask as the database does, without one."""
    before = Rule("r", "at", kept, "")._before(Attempt, now)
    assert isinstance(before, datetime)
    return since < before


@given(SPANS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=1600)))
@example(Kept(days=30), datetime(2026, 9, 30, 22, 30, tzinfo=UTC), timedelta(days=30))
@example(Kept(days=1), datetime(2027, 3, 27, 23, 30, tzinfo=UTC), timedelta(hours=24))
@example(Kept(years=2), datetime(2024, 2, 29, 12, 0, tzinfo=UTC), timedelta(days=730))
@example(Kept(years=1), datetime(2028, 2, 29, 12, 0, tzinfo=UTC), timedelta(days=365))
def test_nothing_goes_before_its_last_day_is_over(
    kept: Kept, since: datetime, later: timedelta
) -> None:
    now = since + later
    first, today = wall_clock(since).date(), wall_clock(now).date()
    span = relativedelta(years=kept.years, months=kept.months, days=kept.days)
    if _goes(kept, since, now):
        assert today - span > first
        assert today > first + relativedelta(days=kept.days)
        assert later >= timedelta(days=kept.days) - timedelta(hours=1)


@given(SPANS, MOMENTS)
def test_what_is_kept_goes_in_the_end_and_stays_gone(kept: Kept, since: datetime) -> None:
    end = wall_clock(since).date() + relativedelta(
        years=kept.years, months=kept.months, days=kept.days
    )
    assert _goes(kept, since, at_wall_clock(end + timedelta(days=4), time(3, 20)))
    assert not _goes(kept, since, at_wall_clock(end - timedelta(days=4), time(23, 59)))


@given(SPANS, MOMENTS, MOMENTS, MOMENTS)
def test_what_may_go_at_a_time_may_go_later_too(
    kept: Kept, since: datetime, one: datetime, other: datetime
) -> None:
    earlier, later = sorted((one, other))
    assert _goes(kept, since, later) or not _goes(kept, since, earlier)


def test_thirty_days_are_thirty_days_though_october_has_an_hour_more() -> None:
    since = at_wall_clock(date(2026, 10, 1), time(0, 30))
    kept = Kept(days=30)
    assert not _goes(kept, since, since + timedelta(days=30)), "it is still the thirtieth day"
    assert not _goes(kept, since, at_wall_clock(date(2026, 10, 31), time(23, 59, 59)))
    assert _goes(kept, since, at_wall_clock(date(2026, 11, 1), time()))


def test_two_years_from_a_leap_day_are_over_in_march() -> None:
    rule = Rule("r", "day", Kept(years=2), "")
    leap = date(2028, 2, 29)
    for now, goes in ((date(2030, 2, 28), False), (date(2030, 3, 1), True)):
        before = rule._before(MissedSearch, at_wall_clock(now, time(12)))
        assert (leap < before) is goes


@pytest.mark.django_db
def test_without_a_span_the_field_itself_is_the_end() -> None:
    now = datetime(2026, 11, 28, tzinfo=UTC)
    assert Rule("r", "closed_at", Kept(), "")._before(User, now) == now
