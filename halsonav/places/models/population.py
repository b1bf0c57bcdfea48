"""How many live where, by year, age and sex."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from halsonav.people.models import Reader
from halsonav.places.models.area import Area

OLDEST = 130
"""The upper age of an open group: 80 and older is stored as 80 through 130."""


class Sex(models.TextChoices):
    """As official statistics have it: in total, men and women."""

    TOTAL = "T", _("totalt")
    MEN = "M", _("män")
    WOMEN = "K", _("kvinnor")


class PopulationQuerySet(models.QuerySet["Population"]):
    """Rows of population. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class Population(models.Model):
    """The inhabitants of an area on 31 December of a year, in an age group and of a sex."""

    area = models.ForeignKey(Area, models.CASCADE, verbose_name="område", related_name="population")
    year = models.PositiveSmallIntegerField(
        "år", validators=[MinValueValidator(1749), MaxValueValidator(2200)]
    )
    age_from = models.PositiveSmallIntegerField("ålder från och med")
    age_to = models.PositiveSmallIntegerField("ålder till och med")
    sex = models.CharField("kön", max_length=1, choices=Sex)
    count = models.PositiveIntegerField("antal")

    objects = PopulationQuerySet.as_manager()

    class Meta:
        verbose_name = "befolkning"
        verbose_name_plural = "befolkning"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "age_from", "age_to", "sex"],
                name="population_is_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(age_from__gte=0, age_to__gte=F("age_from"), age_to__lte=OLDEST),
                name="population_ages_are_in_order",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="population_sex_is_known"),
            models.CheckConstraint(
                condition=Q(year__gte=1749, year__lte=2200), name="population_year_is_possible"
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="population_is_not_below_zero"),
        ]
