"""What the database refuses of jobs."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from halsonav.jobs.models import FailedJob, ScheduledRun

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)


def _failure(**other: Any) -> FailedJob:
    facts = {"name": "a.b", "attempt": 1, "failed_at": NOW, "fault": "OSError"} | other
    return FailedJob.objects.create(**facts)


@pytest.mark.django_db
def test_a_scheduled_run_has_a_name() -> None:
    with pytest.raises(IntegrityError, match="scheduled_run_has_a_name"):
        ScheduledRun.objects.create(name="", due_at=NOW)


@pytest.mark.django_db
def test_a_failed_job_was_attempted() -> None:
    with pytest.raises(IntegrityError, match="failed_job_was_attempted"):
        _failure(attempt=0)


@pytest.mark.django_db
def test_a_failed_job_is_solved_after_it_failed() -> None:
    with pytest.raises(IntegrityError, match="failed_job_is_solved_after_it_failed"):
        _failure(solved_at=NOW - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_failed_job_tells_of_an_attempt_once() -> None:
    task = uuid4()
    _failure(task_id=task)
    with pytest.raises(IntegrityError, match=r"task_id|tells_of_an_attempt_once"):
        _failure(task_id=task)
