"""The facts of the room: areas, population, venues, postcodes and who serves where."""

from halsonav.places.models.area import Area, AreaKind, AreaVersion
from halsonav.places.models.population import OLDEST, Population, Sex
from halsonav.places.models.postcode import Postcode
from halsonav.places.models.service_area import ServiceArea
from halsonav.places.models.venue import Venue, VenueFact, VenueFactKind, VenueKind

__all__ = [
    "OLDEST",
    "Area",
    "AreaKind",
    "AreaVersion",
    "Population",
    "Postcode",
    "ServiceArea",
    "Sex",
    "Venue",
    "VenueFact",
    "VenueFactKind",
    "VenueKind",
]
