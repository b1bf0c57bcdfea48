"""When jobs come back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from halsonav.jobs import schedule


@pytest.fixture
def name() -> Iterator[str]:
    yield "tests.job"
    schedule.forget("tests.job")


def test_every_so_often_is_counted_from_the_last_time() -> None:
    at = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)
    assert schedule.every(hours=1, minutes=30).next_after(at) == at + timedelta(minutes=90)


def test_no_time_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="wait a while"):
        schedule.every()


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-04-28T00:00+00:00", "2026-04-28T01:10+00:00"),
        ("2026-04-28T01:10+00:00", "2026-04-29T01:10+00:00"),
        ("2026-01-15T12:00+00:00", "2026-01-16T02:10+00:00"),
        # The clocks go forward on 29 March and back on 25 October.
        ("2026-03-28T12:00+00:00", "2026-03-29T01:10+00:00"),
        ("2026-10-24T12:00+00:00", "2026-10-25T02:10+00:00"),
    ],
)
def test_daily_is_by_swedens_clocks(now: str, then: str) -> None:
    moment = datetime.fromisoformat(now)
    assert schedule.daily("03:10").next_after(moment) == datetime.fromisoformat(then)


def test_registering_the_same_name_again_replaces_the_job(name: str) -> None:
    schedule.register(name, lambda: 1, schedule.every(hours=1))
    schedule.register(name, lambda: 2, schedule.every(hours=1))
    assert [job.run() for job in schedule.jobs() if job.name == name] == [2]


def test_rooms_have_registered_what_they_do_in_the_background() -> None:
    assert {"outbox.deliver", "people.forget", "jobs.forget_old"} <= {
        job.name for job in schedule.jobs()
    }
