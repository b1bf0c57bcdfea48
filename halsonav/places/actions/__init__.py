"""The verbs of the room."""

from halsonav.places.actions.area import (
    PeopleCount,
    WrongParentError,
    create_area,
    serve_area,
    set_population,
)
from halsonav.places.actions.postcodes import BadRow, BadRowsError, import_postcodes
from halsonav.places.actions.venue import create_venue, set_venue_facts

__all__ = [
    "BadRow",
    "BadRowsError",
    "PeopleCount",
    "WrongParentError",
    "create_area",
    "create_venue",
    "import_postcodes",
    "serve_area",
    "set_population",
    "set_venue_facts",
]
