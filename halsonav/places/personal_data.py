"""What this room keeps about people: nothing."""

from typing import Final

from halsonav.people.privacy.register import nothing_about_people

_NOTHING: Final = (
    "places.AreaVersion", "places.Area", "places.Population", "places.Postcode",
    "places.ServiceArea", "places.Venue", "places.VenueFact",
)  # fmt: skip


def register() -> None:
    """Say so in the register: areas and venues, and how many live where, never who."""
    for model in _NOTHING:
        nothing_about_people(model)
