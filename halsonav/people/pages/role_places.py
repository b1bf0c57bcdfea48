"""Where roles are held, as choices in a form: a centre, an organisation, or everywhere."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from halsonav.people.models import Centre, Organisation, Reader, scope_of
from halsonav.people.permissions import Permission, Role
from halsonav.people.rules import centres_where

EVERYWHERE: Final = "overallt"
Place = Centre | Organisation | None
Choice = tuple[str, str]


def places_where(user: Reader, permission: Permission) -> dict[str, Place]:
    """Return the places at which the user holds the permission, by their value in a form."""
    scope = scope_of(user, permission)
    organisations = Organisation.objects.all()
    if not scope.everywhere:
        organisations = organisations.filter(pk__in=scope.organisations)
    centres = centres_where(user, permission)
    found: dict[str, Place] = {f"v{one.pk}": one for one in centres.order_by("name", "pk")}
    found |= {f"o{one.pk}": one for one in organisations.order_by("name", "pk")}
    return found | ({EVERYWHERE: None} if scope.everywhere else {})


def choices(places: dict[str, Place]) -> Sequence[Choice]:
    """Return the places in words."""
    return [(value, place_name(place)) for value, place in places.items()]


def place_name(place: Place) -> str:
    """Return the place in words; an organisation is told from a centre of the same name."""
    if place is None:
        return _("Överallt")
    if isinstance(place, Organisation):
        return _("%(organisation)s med allt under") % {"organisation": place.name}
    return place.name


def role_at(role: Role, place: Place) -> str:
    """Return "Samordnare, Hälsolots Centrum"."""
    said = str(role.label)
    return _(", ").join((f"{said[:1].upper()}{said[1:]}", place_name(place)))


def at(place: Place) -> dict[str, Any]:
    """Return a place as the actions take it: a centre, an organisation, or neither."""
    return {
        "centre": place if isinstance(place, Centre) else None,
        "organisation": place if isinstance(place, Organisation) else None,
    }
