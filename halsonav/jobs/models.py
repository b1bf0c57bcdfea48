"""What is remembered of jobs: when each runs next, and what failed."""

from typing import Self

from django.db import models
from django.db.models import Q


class ScheduledRun(models.Model):
    """A job that comes back: when it is due, and how it went last time.

    While a worker runs it, `due_at` lies a lease ahead, so that no other worker takes it.
    """

    name = models.CharField("jobb", max_length=80, unique=True)
    due_at = models.DateTimeField("nästa gång", db_index=True)
    started_at = models.DateTimeField("började", null=True)
    finished_at = models.DateTimeField("blev klart", null=True)
    attempts = models.PositiveSmallIntegerField("misslyckade i rad", default=0)

    class Meta:
        verbose_name = "återkommande jobb"
        verbose_name_plural = "återkommande jobb"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="scheduled_run_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class FailedJobQuerySet(models.QuerySet["FailedJob"]):
    """Lists of failures."""

    def unsolved(self) -> Self:
        """Return those of which nothing has gone well since."""
        return self.filter(solved_at=None)


class FailedJob(models.Model):
    """Once that a job or a task failed: which, when, and where in the code."""

    name = models.CharField("jobb", max_length=200)
    task_id = models.UUIDField("uppgift", null=True)
    attempt = models.PositiveSmallIntegerField("försök")
    failed_at = models.DateTimeField("misslyckades")
    fault = models.CharField("fel", max_length=200, help_text="Kind of error and place in code.")
    next_attempt_at = models.DateTimeField("nästa försök", null=True)
    solved_at = models.DateTimeField("löst", null=True)

    objects = FailedJobQuerySet.as_manager()

    class Meta:
        verbose_name = "misslyckat jobb"
        verbose_name_plural = "misslyckade jobb"
        indexes = [models.Index(fields=("solved_at", "failed_at"))]
        constraints = [
            models.CheckConstraint(condition=Q(attempt__gte=1), name="failed_job_was_attempted"),
            models.CheckConstraint(
                condition=Q(solved_at=None) | Q(solved_at__gte=models.F("failed_at")),
                name="failed_job_is_solved_after_it_failed",
            ),
            models.UniqueConstraint(
                fields=("task_id", "attempt"), name="failed_job_tells_of_an_attempt_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, försök {self.attempt}"
