"""What people looked for and did not find: for planning, without who."""

from django.db import models
from django.db.models import Q

from halsonav.people.models import Reader, scope_of
from halsonav.people.permissions import Permission


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    """Lists of searches without a hit."""

    def visible_to(self, user: Reader) -> "MissedSearchQuerySet":
        """Return all to those who plan, none to others."""
        return self.all() if scope_of(user, Permission.SEE_ZERO_HITS) else self.none()


class MissedSearch(models.Model):
    """How many times a day the same words gave nothing; no person, no address, no clock time."""

    day = models.DateField()
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=80)
    filters = models.CharField(max_length=200, blank=True)
    times = models.PositiveIntegerField(default=1)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = "sökning utan träff"
        verbose_name_plural = "sökningar utan träff"
        constraints = [
            models.UniqueConstraint(
                fields=("day", "language", "text", "filters"),
                name="a_missed_search_is_counted_once_a_day",
            ),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_missed_search_was_made"),
        ]

    def __str__(self) -> str:
        return self.text
