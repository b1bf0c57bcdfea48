"""Giving and taking roles."""

from django.db import transaction

from halsonav.people import journal
from halsonav.people.actions.session import end_sessions
from halsonav.people.models import Centre, Organisation, Role, RoleAssignment, User


@transaction.atomic
def give_role(
    *,
    by: journal.Actor,
    user: User,
    role: Role,
    centre: Centre | None = None,
    organisation: Organisation | None = None,
    why: str = "",
) -> RoleAssignment:
    """Let the user have the role there; who has it already keeps it. `why` goes to the journal.

    Raises `ValidationError` for both places at once, or for none unless the role is operator.
    """
    held = RoleAssignment.objects.filter(
        user=user, role=role, centre=centre, organisation=organisation
    ).first()
    return held or _give(
        by, RoleAssignment(user=user, role=role, centre=centre, organisation=organisation), why
    )


@transaction.atomic
def take_role(*, by: journal.Actor, assignment: RoleAssignment) -> None:
    """Take the role away; the user's sign-ins end, since they may have been made for it."""
    journal.record(by=by, verb="take_role", about=assignment)
    journal.record(by=by, verb="take_role", about=assignment.user, fields=["role_assignments"])
    assignment.user.forget_roles()
    end_sessions(by=by, user=assignment.user)
    assignment.delete()


def _give(by: journal.Actor, assignment: RoleAssignment, why: str) -> RoleAssignment:
    assignment.full_clean()
    assignment.save()
    assignment.user.forget_roles()
    for about, fields in ((assignment, ()), (assignment.user, ("role_assignments",))):
        journal.record(by=by, verb="give_role", about=about, fields=fields, why=why)
    return assignment
