"""Attempts that are counted: to guess a password or a code, to have letters sent."""

from typing import Self

from django.db import models

from halsonav.people.models.reader import Reader


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Lists of attempts."""

    def visible_to(self, user: Reader) -> Self:
        """Return nothing: attempts are counted and thrown away, never shown."""
        return self.none()


class Attempt(models.Model):
    """One attempt of a kind. `key` and `about` are keyed hashes that tell nobody who it was."""

    kind = models.CharField("slag", max_length=20)
    key = models.CharField("räknas på", max_length=64)
    about = models.CharField("gäller", max_length=64, blank=True, default="")
    at = models.DateTimeField("när")

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = "försök"
        verbose_name_plural = "försök"
        indexes = [
            models.Index(fields=["kind", "key", "at"], name="attempt_by_kind_and_key"),
            models.Index(fields=["at"], name="attempt_by_time"),
        ]
