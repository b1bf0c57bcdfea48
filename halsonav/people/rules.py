"""Who may do what where: one predicate for each permission, answered from the roles held."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from rules.permissions import add_perm, has_perm
from rules.predicates import Predicate, predicate

from halsonav.people.models import (
    Centre,
    Organisation,
    Reader,
    RoleAssignment,
    Scope,
    User,
    identity_open_to,
    wholly_within,
)
from halsonav.people.models import scope_of as _scope_of
from halsonav.people.permissions import ROLE_PERMISSIONS, Permission, Role


def may(user: Reader, permission: Permission, obj: Model | None = None) -> bool:
    """Say whether the user may do this to the object.

    The object is a centre, an organisation, or something with a `centre` or an `organisation`.
    Without an object the question is whether the user may do it anywhere at all. Raises
    `TypeError` for an object that lies nowhere: ask about its centre instead.
    """
    return bool(has_perm(permission, user, obj))  # type: ignore[no-untyped-call]


def centres_where(user: Reader, permission: Permission) -> QuerySet[Centre]:
    """Return the centres at which the user holds the permission."""
    scope = _scope_of(user, permission)
    if scope.everywhere:
        return Centre.objects.all()
    here = Q(pk__in=scope.centres) | Q(organisation__in=scope.organisations)
    return Centre.objects.filter(here) if scope else Centre.objects.none()


def may_give(user: Reader, role: Role, place: Centre | Organisation | None) -> bool:
    """Say whether the user may give or take the role there.

    Nobody gives more than they have: the role's permissions must be theirs in that place too,
    unless they manage people everywhere.
    """
    if _scope_of(user, Permission.MANAGE_PEOPLE).everywhere:
        return True
    if place is None or not may(user, Permission.MANAGE_PEOPLE, place):
        return False
    return all(may(user, permission, place) for permission in ROLE_PERMISSIONS[role])


def may_manage(user: Reader, person: User) -> bool:
    """Say whether the user may change another's account: only where every role of theirs is."""
    return holds_over(user, Permission.MANAGE_PEOPLE, person)


def may_change_account(user: Reader, person: User) -> bool:
    """Say whether the user may close, hand over and so on: another's account that they manage.

    They must be able to give and take each of its roles too.
    """
    return person.pk != user.pk and may_manage(user, person) and _may_give_all(user, person)


def _may_give_all(user: Reader, person: User) -> bool:
    held = RoleAssignment.objects.filter(user=person).select_related("centre", "organisation")
    return all(may_give(user, one.held_role, one.place) for one in held)


def holds_over(user: Reader, permission: Permission, person: User) -> bool:
    """Say whether the user holds the permission everywhere where the person has a role."""
    return wholly_within(_scope_of(user, permission)).filter(pk=person.pk).exists()


def may_see_identity(user: Reader, person: User) -> bool:
    """Say whether the user may see the name and address of somebody who may be protected."""
    return identity_open_to(user).filter(pk=person.pk).exists()


def _holds(permission: Permission) -> Predicate:
    def holds(user: Reader | None, obj: Model | None) -> bool:
        scope = _scope_of(user or AnonymousUser(), permission)
        return bool(scope) and (obj is None or _lies_in(scope, obj))

    made: Predicate = predicate(holds, name=f"holds_{permission}")  # type: ignore[no-untyped-call]
    return made


def _lies_in(scope: Scope, obj: Model) -> bool:
    if isinstance(obj, Centre):
        return scope.covers(centre=obj.pk, organisation=obj.organisation_id)
    if isinstance(obj, Organisation):
        return scope.covers(organisation=obj.pk)
    return _holder_lies_in(scope, obj)


def _holder_lies_in(scope: Scope, obj: Model) -> bool:
    if scope.everywhere:
        return True
    holders = [getattr(obj, name, None) for name in ("centre", "organisation")]
    if not any(hasattr(obj, name) for name in ("centre", "organisation")):
        raise TypeError(f"{obj._meta.label} has neither a centre nor an organisation.")
    return any(_lies_in(scope, holder) for holder in holders if holder is not None)


for _permission in Permission:
    add_perm(_permission, _holds(_permission))  # type: ignore[no-untyped-call]
