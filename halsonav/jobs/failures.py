"""What is done when something fails: how long to wait, what is written down, when it is solved."""

import traceback
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from halsonav.jobs.models import FailedJob

PAUSES: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
KEPT: Final = timedelta(days=90)
TASKS_KEPT: Final = timedelta(days=7)


def pause_after(attempt: int) -> timedelta:
    """Return how long to wait after the attempt (1 is the first); the last pause repeats."""
    return PAUSES[min(attempt, len(PAUSES)) - 1]


def fault_of(error: BaseException) -> str:
    """Return the kind of error and where it arose, without its words: they may tell of people."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/lib/python" not in frame.filename] or frames
    place = f" in {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"[:200]


def write_down(
    *,
    name: str,
    attempt: int,
    fault: str,
    next_attempt_at: datetime | None,
    task_id: UUID | None = None,
) -> None:
    """Remember that something failed; the same attempt of the same task only once."""
    facts = {
        "name": name[:200],
        "failed_at": timezone.now(),
        "fault": fault,
        "next_attempt_at": next_attempt_at,
    }
    if task_id is None:
        FailedJob.objects.create(attempt=attempt, **facts)
    else:
        FailedJob.objects.get_or_create(task_id=task_id, attempt=attempt, defaults=facts)


def solved(failures: QuerySet[FailedJob]) -> None:
    """Remember that what failed has gone well since."""
    failures.filter(solved_at=None).update(solved_at=timezone.now())


def forget_old() -> None:
    """Throw away failures after 90 days and finished tasks after seven."""
    now = timezone.now()
    FailedJob.objects.filter(failed_at__lt=now - KEPT).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS_KEPT).delete()
