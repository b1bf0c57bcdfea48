"""Postcodes: where they are, so that "near me" works without asking a device."""

from typing import Self

from django.db import models
from django.db.models import Q

from halsonav.people.models import Reader
from halsonav.places.models.area import Area, position_is_on_earth


class PostcodeQuerySet(models.QuerySet["Postcode"]):
    """Lists of postcodes. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class Postcode(models.Model):
    """Five digits, the middle of where they are delivered, and the area if it is known."""

    code = models.CharField("postnummer", max_length=5, unique=True)
    lat = models.FloatField("latitud")
    lon = models.FloatField("longitud")
    area = models.ForeignKey(
        Area,
        models.SET_NULL,
        verbose_name="område",
        null=True,
        blank=True,
        related_name="postcodes",
    )

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        verbose_name = "postnummer"
        verbose_name_plural = "postnummer"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{5}\Z"), name="postcode_is_five_digits"
            ),
            models.CheckConstraint(
                condition=position_is_on_earth(), name="postcode_position_is_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code[:3]} {self.code[3:]}"
