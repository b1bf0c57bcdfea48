"""A translated text of an activity, one row per language and field."""

import hashlib
import json
from typing import Any

from django.db import models
from django.db.models import Q

from halsonav.programme.models.activity import TEXT_FIELDS, Activity, PartQuerySet


def digest_of(value: Any) -> str:
    """Return what tells one wording from another: 16 hexadecimal signs."""
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


class ActivityText(models.Model):
    """One field of an activity in another language than its source.

    `source_digest` tells which wording it was translated from, so that an older translation shows.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    field = models.CharField(max_length=16)
    value = models.JSONField()
    source_digest = models.CharField(max_length=16)
    machine_made = models.BooleanField(default=False)

    objects = PartQuerySet["ActivityText"].as_manager()

    class Meta:
        verbose_name = "översättning"
        verbose_name_plural = "översättningar"
        constraints = [
            models.UniqueConstraint(
                fields=("activity", "language", "field"),
                name="a_text_is_translated_once_per_language",
            ),
            models.CheckConstraint(
                condition=Q(field__in=TEXT_FIELDS), name="a_translation_is_of_a_known_field"
            ),
            models.CheckConstraint(condition=~Q(language=""), name="a_translation_has_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"

    def is_outdated(self, source: Any) -> bool:
        """Whether the source's wording has changed since this was translated."""
        return self.source_digest != digest_of(source)
