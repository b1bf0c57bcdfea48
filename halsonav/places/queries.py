"""Reads that span areas, venues and centres."""

from halsonav.people.models import Centre
from halsonav.places.models import Area, Population, Sex


def areas_served_by(centre: Centre) -> list[int]:
    """Return the ids of the areas that the centre serves, with all that lies in them."""
    tops = centre.service_areas.values_list("area", flat=True)
    return list(Area.objects.at_or_below(tops).values_list("pk", flat=True))


def centres_serving(area: Area) -> list[Centre]:
    """Return the centres that serve the area or something that holds it, by name."""
    holders = Area.objects.at_or_above([area.pk])
    return list(Centre.objects.filter(service_areas__area__in=holders).distinct().order_by("name"))


def inhabitants(area: Area, year: int, age_from: int, age_to: int, sex: str = Sex.TOTAL) -> int:
    """Return how many of the ages (both included) and the sex are written for the area itself.

    Groups that reach outside the ages are left out.
    """
    rows = Population.objects.filter(
        area=area, year=year, sex=sex, age_from__gte=age_from, age_to__lte=age_to
    )
    return sum(rows.values_list("count", flat=True))
