"""Taking away an organisation, a centre or a function, where nothing depends on it."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from halsonav.people import journal
from halsonav.people.models import Centre, Function, Organisation

_KINDS: Final = {
    "people.Organisation": noop("organisationer"),
    "people.Centre": noop("verksamheter"),
    "people.Function": noop("funktioner"),
    "people.FunctionHolder": noop("innehavare"),
    "people.RoleAssignment": noop("roller"),
    "people.Invitation": noop("inbjudningar"),
    "people.ReadReview": noop("granskningar"),
    "people.Handover": noop("överlämningar"),
}
_OTHER: Final = noop("sådant i programmet eller bland lokalerna")


class DependsError(ValidationError):
    """Something depends on it; the message says what, in words."""


@transaction.atomic
def close_down(*, by: journal.Actor, thing: Organisation | Centre | Function) -> None:
    """Take it away for good; raise `DependsError` when anything of any room points at it.

    What is there stays where it is: roles, activities and places are moved or ended first.
    """
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    held = what_depends_on(thing)
    if held:
        said = _("Det går inte än. Först behöver du flytta eller avsluta: %(things)s.")
        raise DependsError(said % {"things": ", ".join(held)})
    journal.record(by=by, verb="close_down", about=thing)
    thing.delete()


def what_depends_on(thing: models.Model) -> list[str]:
    """Return the kinds of things that point at it, in words, in the order of the alphabet."""
    found: set[str] = set()
    for relation in thing._meta.related_objects:
        model = relation.related_model
        if model._base_manager.filter(**{relation.field.name: thing}).exists():
            found.add(_(_KINDS.get(model._meta.label, _OTHER)))
    return sorted(found)
