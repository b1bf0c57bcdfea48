"""Runs what is due: each job once, over any number of workers; what fails comes back later."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from halsonav.jobs.failures import PAUSES, fault_of, pause_after, solved, write_down
from halsonav.jobs.models import FailedJob, ScheduledRun
from halsonav.jobs.schedule import Job, jobs

LEASE: Final = timedelta(hours=1)
log = logging.getLogger("halsonav.jobs")


def run_due() -> list[str]:
    """Run every job that is due and that no other worker has taken; return their names."""
    known = dict(ScheduledRun.objects.values_list("name", "due_at"))
    for job in jobs():
        if job.name not in known:
            _plan(job)
    due = [job for job in jobs() if job.name in known and _is_due(job, known[job.name])]
    return [job.name for job in due if _claim(job, known[job.name]) and _run(job)]


def _is_due(job: Job, due_at: datetime) -> bool:
    """Say whether it is time, or the job was planned by a clock that was far ahead."""
    now = timezone.now()
    furthest = max(job.when.next_after(now), now + LEASE, now + job.longest_pause)
    return due_at <= now or due_at > furthest + LEASE


def _plan(job: Job) -> None:
    """Let a new job run for the first time when it is its time."""
    first = job.when.next_after(timezone.now())
    ScheduledRun.objects.get_or_create(name=job.name, defaults={"due_at": first})


def _claim(job: Job, due_at: datetime) -> bool:
    """Say whether the job is still due and now ours alone."""
    now = timezone.now()
    mine = ScheduledRun.objects.filter(name=job.name, due_at=due_at)
    return mine.update(due_at=now + LEASE, started_at=now) == 1


def _run(job: Job) -> bool:
    try:
        job.run()
    except Exception as error:
        log.warning("The job %s failed: %s", job.name, fault_of(error))
        _failed(job, error)
    else:
        _succeeded(job)
    return True


@transaction.atomic
def _succeeded(job: Job) -> None:
    now = timezone.now()
    row = ScheduledRun.objects.filter(name=job.name)
    row.update(finished_at=now, attempts=0, due_at=job.when.next_after(now))
    solved(FailedJob.objects.filter(name=job.name, task_id=None))


@transaction.atomic
def _failed(job: Job, error: Exception) -> None:
    row = ScheduledRun.objects.select_for_update().get(name=job.name)
    row.attempts += 1
    row.due_at = timezone.now() + min(pause_after(row.attempts), job.longest_pause)
    row.save(update_fields=["attempts", "due_at"])
    write_down(
        name=job.name, attempt=row.attempts, fault=fault_of(error), next_attempt_at=row.due_at
    )


# Tasks in the queue -----------------------------------------------------------------------------


def tend_tasks() -> None:
    """Let failed tasks come back, and those whose worker died; see which have been solved."""
    for result in _troubled():
        _come_back(result)
    waiting = FailedJob.objects.unsolved().exclude(task_id=None)
    done = DBTaskResult.objects.successful().filter(pk__in=waiting.values("task_id"))
    if ids := [result.pk for result in done]:
        solved(FailedJob.objects.filter(task_id__in=ids))


def _troubled() -> "list[DBTaskResult[..., object]]":
    """Return tasks that failed, or whose worker has been silent too long, unless given up."""
    given_up = FailedJob.objects.filter(next_attempt_at=None).exclude(task_id=None)
    lost = Q(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LEASE)
    troubled = DBTaskResult.objects.filter(Q(status=TaskResultStatus.FAILED) | lost)
    return list(troubled.exclude(pk__in=given_up.values("task_id")))


@transaction.atomic
def _come_back(result: "DBTaskResult[..., object]") -> None:
    """Put a task back with a pause, or leave it when it has been tried often enough."""
    attempt = max(1, len(result.worker_ids))
    again = timezone.now() + pause_after(attempt) if attempt <= len(PAUSES) else None
    write_down(
        name=result.task_path,
        attempt=attempt,
        fault=result.exception_class_path.rpartition(".")[2] or "its worker died",
        next_attempt_at=again,
        task_id=result.pk,
    )
    same = DBTaskResult.objects.filter(pk=result.pk, status=result.status)
    if again:
        same.update(
            status=TaskResultStatus.READY, run_after=again, exception_class_path="", traceback=""
        )
    else:
        same.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
