"""Who serves where."""

from typing import Self

from django.db import models

from halsonav.people.models import Centre, Reader
from halsonav.places.models.area import Area


class ServiceAreaQuerySet(models.QuerySet["ServiceArea"]):
    """Lists of who serves where. They are public."""

    def visible_to(self, user: Reader) -> Self:
        """Return what the user may read: all of them."""
        return self.all()


class ServiceArea(models.Model):
    """A centre serves an area, and with it all that lies in the area."""

    centre = models.ForeignKey(
        Centre, models.CASCADE, verbose_name="verksamhet", related_name="service_areas"
    )
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="område", related_name="served_by")

    objects = ServiceAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "upptagningsområde"
        verbose_name_plural = "upptagningsområden"
        constraints = [
            models.UniqueConstraint(fields=["centre", "area"], name="service_area_is_given_once"),
        ]
