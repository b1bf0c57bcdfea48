"""What is due runs once; what fails comes back with growing pauses and is seen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from halsonav.jobs import schedule
from halsonav.jobs.failures import KEPT, PAUSES, TASKS_KEPT, forget_old, pause_after
from halsonav.jobs.models import FailedJob, ScheduledRun
from halsonav.jobs.running import LEASE, run_due, tend_tasks
from halsonav.jobs.worker import work_once
from tests.jobs import tasks

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)
NAME = "tests.job"
HOUR = schedule.every(hours=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def runs() -> Iterator[list[datetime]]:
    """Register an hourly job alone, which notes when it ran; first due in an hour."""
    noted: list[datetime] = []
    before = dict(schedule._jobs)
    schedule._jobs.clear()
    schedule.register(NAME, lambda: noted.append(datetime.now(UTC)), HOUR)
    yield noted
    schedule._jobs.clear()
    schedule._jobs.update(before)


def _fail() -> None:
    raise ValueError("Asta is ill")


@pytest.mark.django_db
def test_a_job_waits_for_its_time_and_then_runs_once(
    clock: time_machine.Traveller, runs: list[datetime]
) -> None:
    assert run_due() == []
    clock.shift(timedelta(hours=1))
    assert run_due() == [NAME]
    assert run_due() == []
    assert runs == [NOW + timedelta(hours=1)]
    row = ScheduledRun.objects.get()
    assert row.due_at == NOW + timedelta(hours=2)
    assert row.finished_at == NOW + timedelta(hours=1)


@pytest.mark.django_db
def test_a_job_that_a_clock_far_ahead_has_planned_does_not_wait_for_years(
    clock: time_machine.Traveller, runs: list[datetime]
) -> None:
    ScheduledRun.objects.create(name=NAME, due_at=NOW + timedelta(days=400))
    assert run_due() == [NAME]
    assert ScheduledRun.objects.get().due_at == NOW + timedelta(hours=1)
    assert run_due() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_once_over_several_workers(runs: list[datetime]) -> None:
    ScheduledRun.objects.create(name=NAME, due_at=NOW - timedelta(days=900))
    together = Barrier(4)

    def work() -> None:
        together.wait()
        run_due()
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 1


@pytest.mark.django_db
def test_a_job_whose_worker_died_runs_again_after_the_lease(
    clock: time_machine.Traveller, runs: list[datetime]
) -> None:
    def die() -> None:
        raise SystemExit

    run_due()
    schedule.register(NAME, die, HOUR)
    clock.shift(timedelta(hours=1))
    with pytest.raises(SystemExit):
        run_due()
    schedule.register(NAME, lambda: runs.append(NOW), HOUR)
    clock.shift(LEASE - timedelta(seconds=1))
    assert run_due() == []
    clock.shift(timedelta(seconds=1))
    assert run_due() == [NAME]


@pytest.mark.django_db
def test_a_job_that_fails_comes_back_with_growing_pauses(
    clock: time_machine.Traveller, runs: list[datetime]
) -> None:
    run_due()
    schedule.register(NAME, _fail, HOUR)
    clock.shift(timedelta(hours=1))
    for attempt, pause in enumerate((*PAUSES, PAUSES[-1]), start=1):
        assert run_due() == [NAME]
        failure = FailedJob.objects.latest("pk")
        assert failure.attempt == attempt
        assert failure.next_attempt_at == failure.failed_at + pause
        clock.shift(pause)


@pytest.mark.django_db
def test_a_jobs_longest_pause_is_kept(clock: time_machine.Traveller, runs: list[datetime]) -> None:
    run_due()
    schedule.register(NAME, _fail, HOUR, longest_pause=timedelta(minutes=2))
    clock.shift(timedelta(hours=1))
    run_due()
    clock.shift(timedelta(minutes=1))
    run_due()
    failure = FailedJob.objects.latest("pk")
    assert failure.next_attempt_at == failure.failed_at + timedelta(minutes=2)


@pytest.mark.django_db
def test_a_failure_tells_where_and_never_the_errors_words(
    clock: time_machine.Traveller, runs: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    run_due()
    schedule.register(NAME, _fail, HOUR)
    clock.shift(timedelta(hours=1))
    run_due()
    assert FailedJob.objects.get().fault.startswith("ValueError in test_running.py:")
    assert "Asta" not in caplog.text + str(FailedJob.objects.values().get())


@pytest.mark.django_db
def test_a_job_that_goes_well_again_is_solved(
    clock: time_machine.Traveller, runs: list[datetime]
) -> None:
    run_due()
    schedule.register(NAME, _fail, HOUR)
    clock.shift(timedelta(hours=1))
    run_due()
    schedule.register(NAME, lambda: None, HOUR)
    clock.shift(timedelta(minutes=1))
    run_due()
    assert not FailedJob.objects.unsolved().exists()
    assert ScheduledRun.objects.get().attempts == 0


@pytest.mark.django_db
def test_one_job_that_fails_does_not_stop_another(
    clock: time_machine.Traveller, runs: list[datetime]
) -> None:
    schedule.register("tests.a_first", _fail, HOUR)
    run_due()
    clock.shift(timedelta(hours=1))
    assert run_due() == ["tests.a_first", NAME]
    assert len(runs) == 1


# Tasks in the queue -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_is_in_the_queue() -> None:
    tasks.done.clear()
    tasks.succeed.enqueue("hej")
    work_once()
    assert tasks.done == ["hej"]
    assert DBTaskResult.objects.successful().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_comes_back_five_times_and_is_then_given_up(
    clock: time_machine.Traveller,
) -> None:
    tasks.fail.enqueue("Asta")
    for attempt, pause in enumerate(PAUSES, start=1):
        work_once()
        tend_tasks()
        assert FailedJob.objects.get(attempt=attempt).next_attempt_at == NOW + sum(
            PAUSES[:attempt], timedelta()
        )
        clock.shift(pause)
    work_once()
    tend_tasks()
    tend_tasks()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    last = FailedJob.objects.get(attempt=len(PAUSES) + 1)
    assert (last.next_attempt_at, last.fault) == (None, "ValueError")
    assert FailedJob.objects.count() == len(PAUSES) + 1


@pytest.mark.django_db(transaction=True)
def test_a_task_whose_worker_died_comes_back(clock: time_machine.Traveller) -> None:
    tasks.done.clear()
    tasks.succeed.enqueue("hej")
    DBTaskResult.objects.get().claim("a worker that dies")
    clock.shift(LEASE)
    tend_tasks()
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
    clock.shift(timedelta(seconds=1))
    tend_tasks()
    clock.shift(PAUSES[0])
    work_once()
    tend_tasks()
    assert tasks.done == ["hej"]
    assert not FailedJob.objects.unsolved().exists()


@pytest.mark.django_db
def test_old_failures_and_finished_tasks_are_forgotten(clock: time_machine.Traveller) -> None:
    FailedJob.objects.create(name="a", attempt=1, failed_at=NOW, fault="OSError")
    tasks.succeed.enqueue("hej")
    DBTaskResult.objects.get().set_successful(None)
    clock.shift(TASKS_KEPT + timedelta(seconds=1))
    forget_old()
    assert (DBTaskResult.objects.count(), FailedJob.objects.count()) == (0, 1)
    clock.shift(KEPT)
    forget_old()
    assert not FailedJob.objects.exists()


def test_pauses_grow_and_the_last_repeats() -> None:
    minutes = [pause_after(attempt) / timedelta(minutes=1) for attempt in range(1, 8)]
    assert minutes == [1, 5, 30, 120, 480, 480, 480]
