"""Runs what is due: each job once, over any number of workers; what fails comes back later."""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
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
    return [job.name for job in jobs() if _claim(job, timezone.now()) and _run(job)]


def _claim(job: Job, now: datetime) -> bool:
    """Say whether the job is due and now ours alone."""
    row, made = ScheduledRun.objects.get_or_create(
        name=job.name, defaults={"due_at": job.when.next_after(now)}
    )
    if made or row.due_at > now:
        return False
    mine = ScheduledRun.objects.filter(name=job.name, due_at=row.due_at)
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


@transaction.atomic
def tend_tasks() -> None:
    """Let failed tasks come back, and those whose worker died; see which have been solved."""
    for result in DBTaskResult.objects.failed().select_for_update():
        _come_back(result)
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LEASE)
    lost.update(status=TaskResultStatus.READY)
    open_ones = FailedJob.objects.unsolved().exclude(task_id=None)
    ids = list(open_ones.values_list("task_id", flat=True))
    done = DBTaskResult.objects.successful().filter(pk__in=ids).values_list("pk", flat=True)
    solved(FailedJob.objects.filter(task_id__in=list(done)))


def _come_back(result: "DBTaskResult[..., object]") -> None:
    """Put a failed task back with a pause, or leave it when it has been tried often enough."""
    attempt = max(1, len(result.worker_ids))
    ended = result.finished_at or timezone.now()
    again = ended + pause_after(attempt) if attempt <= len(PAUSES) else None
    write_down(
        name=result.task_path,
        attempt=attempt,
        fault=result.exception_class_path.rpartition(".")[2],
        next_attempt_at=again,
        task_id=result.pk,
    )
    if again:
        result.status = TaskResultStatus.READY
        result.run_after = again
        result.finished_at = None
        result.save(update_fields=["status", "run_after", "finished_at"])
