"""Who has been erased: keyed hashes, so that a restored copy does not bring anybody back."""

from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.models.reader import Reader


class TombstoneKind(models.TextChoices):
    """What a tombstone stands for."""

    PERSON = "person", "konto"
    ADDRESS = "address", "e-postadress"


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    """Lists of tombstones."""

    def visible_to(self, user: Reader) -> Self:
        """Return nothing: they are compared with, never shown."""
        return self.none()


class Tombstone(models.Model):
    """Somebody who was erased at a time: what there was of them before it does not come back."""

    kind = models.CharField("slag", max_length=8, choices=TombstoneKind)
    hash = models.CharField("omräknat", max_length=64)
    at = models.DateTimeField("när")

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        verbose_name = "radering"
        verbose_name_plural = "raderingar"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=TombstoneKind.values), name="tombstone_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["kind", "hash", "at"], name="tombstone_is_set_once_at_a_time"
            ),
        ]
