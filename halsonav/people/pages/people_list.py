"""The list of people whom somebody manages: searched, narrowed, a page at a time.

Showing a page is one reading. What the reader may not see is neither searched, sorted nor counted
by: names and addresses of protected people, and roles held elsewhere.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from halsonav.people import journal
from halsonav.people.models import Centre, Organisation, RoleAssignment, User, identity_open_to
from halsonav.people.naming import name_like, shown_name
from halsonav.people.pages.role_places import Place, role_at

PAGE: Final = 50
FIELDS: Final = ("display_name", "is_active", "is_protected", "role_assignments")


@dataclass(frozen=True)
class Asked:
    """What is asked for: words of a name or an address, a role, a place, which page."""

    words: str = ""
    role: str = ""
    place: Place = None
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One person in the list."""

    id: int
    name: str
    roles: list[str]
    is_active: bool
    is_protected: bool


@dataclass(frozen=True)
class Listed:
    """A page of the list, and how many people there are in all."""

    number: int
    page: int
    pages: int
    rows: list[Row] = field(default_factory=list)


@transaction.atomic
def people_shown(by: User, asked: Asked) -> Listed:
    """Return a page of the people whom the user may see; it is written down who was shown."""
    pages = Paginator(_in_order(_found(by, asked), by), PAGE)
    page = pages.get_page(asked.page)
    people = list(page.object_list)
    others = [person for person in people if person.pk != by.pk]
    journal.record_reading(by=by, people=others, fields=FIELDS, why="people:people")
    rows = [_row(person) for person in people]
    return Listed(pages.count, page.number, pages.num_pages, rows)


def _found(by: User, asked: Asked) -> QuerySet[User]:
    people: QuerySet[User] = User.objects.visible_to(by)
    known = identity_open_to(by).values("pk")
    for word in asked.words.split():
        named = name_like(word) | Q(email__iregex=re.escape(word))
        people = people.filter(named, pk__in=known)
    if asked.role or asked.place:
        roles = _roles(by)
        if asked.role:
            roles = roles.filter(role=asked.role)
        if isinstance(asked.place, Centre):
            roles = roles.filter(centre=asked.place)
        if isinstance(asked.place, Organisation):
            roles = roles.filter(organisation=asked.place)
        people = people.filter(pk__in=roles.values("user"))
    return people


def _in_order(people: QuerySet[User], by: User) -> QuerySet[User]:
    """Order by name; protected people stand last, by number."""
    name = Case(When(is_protected=True, then=Value("")), default=Lower("display_name"))
    roles = _roles(by).select_related("centre", "organisation").order_by("pk")
    shown = people.order_by("is_protected", name, "pk")
    return shown.prefetch_related(Prefetch("role_assignments", roles, to_attr="shown_roles"))


def _roles(by: User) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.visible_to(by)


def _row(person: User) -> Row:
    held: list[RoleAssignment] = person.shown_roles  # type: ignore[attr-defined]
    return Row(
        id=person.pk,
        name=shown_name(person),
        roles=[role_at(one.held_role, one.place) for one in held],
        is_active=person.is_active,
        is_protected=person.is_protected,
    )
