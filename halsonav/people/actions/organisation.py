"""Making organisations, changing them and moving them in the tree."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from halsonav.people import followers, journal
from halsonav.people.actions.changing import change_fields
from halsonav.people.models import Organisation


class CircleError(ValidationError):
    """An organisation would come to lie under itself."""


@transaction.atomic
def create_organisation(
    *,
    by: journal.Actor,
    slug: str,
    name: str,
    kind: str,
    names: Mapping[str, str] | None = None,
    parent: Organisation | None = None,
    municipality_code: str = "",
    organisation_number: str = "",
    data_contact: str = "",
    officer_contact: str = "",
) -> Organisation:
    """Return a new organisation; raise `ValidationError` for what cannot be."""
    organisation = Organisation(
        slug=slug,
        name=name,
        kind=kind,
        names=dict(names or {}),
        parent=parent,
        municipality_code=municipality_code,
        organisation_number=organisation_number,
        data_contact=data_contact,
        officer_contact=officer_contact,
    )
    organisation.full_clean()
    organisation.save()
    journal.record(by=by, verb="create_organisation", about=organisation)
    return organisation


@transaction.atomic
def move_organisation(
    *, by: journal.Actor, organisation: Organisation, parent: Organisation | None
) -> Organisation:
    """Put the organisation under another, or at the top; raise `CircleError` for a circle."""
    list(Organisation.objects.select_for_update().order_by("pk").values_list("pk"))
    if parent and Organisation.objects.within(organisation).filter(pk=parent.pk).exists():
        raise CircleError({"parent": _("En organisation kan inte ligga under sig själv.")})
    organisation.parent = parent
    organisation.save(update_fields=["parent"])
    journal.record(by=by, verb="move_organisation", about=organisation, fields=["parent"])
    followers.tell(organisation)
    return organisation


@transaction.atomic
def change_organisation(
    *, by: journal.Actor, organisation: Organisation, parent: Organisation | None, **facts: Any
) -> Organisation:
    """Change name, names, kind and codes, and where it lies; what is the same leaves no trace.

    Raises `CircleError`, or `ValidationError` for what cannot be.
    """
    if organisation.parent_id != (parent.pk if parent else None):
        move_organisation(by=by, organisation=organisation, parent=parent)
    changed = change_fields(organisation, facts)
    if changed:
        journal.record(by=by, verb="change_organisation", about=organisation, fields=changed)
        followers.tell(organisation)
    return organisation
