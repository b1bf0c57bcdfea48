"""The panel about the background: for those who run the installation."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from halsonav.desk.background import panel
from halsonav.jobs.failures import solved, write_down
from halsonav.jobs.models import FailedJob
from halsonav.people.models import Organisation, Role, User
from tests.factories.people import user_with

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_ten() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def _fail(name: str, attempt: int = 1, again: datetime | None = None) -> None:
    write_down(name=name, attempt=attempt, fault="OSError in x.py:1", next_attempt_at=again)


def test_the_operator_sees_the_latest_failure_of_each_job(operator: User) -> None:
    _fail("outbox.deliver", 1, NOW + timedelta(minutes=1))
    _fail("outbox.deliver", 2, NOW + timedelta(minutes=5))
    _fail("jobs.forget_old")
    made = panel(operator)
    assert made is not None
    rows = {str(row.title): row for row in made.rows}
    assert set(rows) == {"outbox.deliver", "jobs.forget_old"}
    assert rows["outbox.deliver"].note == "OSError in x.py:1. Försöker igen kl. 10.05."
    assert not rows["outbox.deliver"].late
    assert rows["jobs.forget_old"].late
    assert rows["outbox.deliver"].when == "10.00"


def test_what_failed_another_day_says_which(operator: User) -> None:
    _fail("outbox.deliver")
    FailedJob.objects.update(failed_at=NOW - timedelta(days=1))
    made = panel(operator)
    assert made is not None
    assert made.rows[0].when == "27 april"


def test_what_is_solved_is_not_shown(operator: User) -> None:
    _fail("outbox.deliver")
    solved(FailedJob.objects.all())
    made = panel(operator)
    assert made is not None
    assert made.rows == []


def test_others_have_no_such_panel(manager: User, goteborg: Organisation) -> None:
    _fail("outbox.deliver")
    assert panel(user_with(Role.OPERATOR, organisation=goteborg)) is None
    assert panel(manager) is None
    assert panel(AnonymousUser()) is None
