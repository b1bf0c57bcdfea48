"""The worker's loop: it waits for a database that is gone, and ends when told to."""

import os
import signal
from threading import Event

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries

from halsonav.jobs import worker


class Clock(Event):
    """Counts the pauses instead of making them, and stops after so many."""

    def __init__(self, rounds: int) -> None:
        super().__init__()
        self.rounds = rounds
        self.pauses: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout)
        if len(self.pauses) == self.rounds:
            self.set()
        return self.is_set()


def test_a_database_that_is_gone_is_waited_for_longer_and_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(8)
    answers = iter([OperationalError("gone")] * 6 + [None, None])

    def work() -> None:
        if error := next(answers):
            raise error

    monkeypatch.setattr(worker, "_stop_signal", lambda: clock)
    monkeypatch.setattr(worker, "work_once", work)
    monkeypatch.setattr(worker, "connections", type("None_", (), {"close_all": lambda: None}))
    worker.work_until_stopped()
    assert clock.pauses == [2, 4, 8, 16, 30, 30, 1, 1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_it_finish_and_end(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGINT)}
    done: list[str] = []

    def work() -> None:
        os.kill(os.getpid(), number)
        done.append("finished")

    monkeypatch.setattr(worker, "work_once", work)
    try:
        worker.work_until_stopped()
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert done == ["finished"]


@pytest.mark.django_db
def test_a_round_with_nothing_to_do_costs_four_small_queries(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.work_once()
    with django_assert_num_queries(4):
        worker.work_once()
