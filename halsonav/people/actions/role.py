"""Giving and taking roles."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.invitation import withdraw_what_is_no_longer_theirs
from halsonav.people.actions.session import end_sessions
from halsonav.people.models import Centre, Organisation, Role, RoleAssignment, User


class LastOperatorError(ValidationError):
    """Nobody would look after the installation any more, and nobody could give the role anew."""


def refuse_without_operator(user: User) -> None:
    """Raise `LastOperatorError` when the user is the only one who looks after all of it.

    To be called in a transaction: two who leave at the same moment wait for each other.
    """
    everywhere = RoleAssignment.objects.everywhere().select_for_update().order_by("pk")
    if {held.user_id for held in everywhere} == {user.pk}:
        raise LastOperatorError(
            _("Ge rollen driftansvarig till någon annan först. Annars kan ingen sköta systemet.")
        )


@transaction.atomic
def give_role(
    *,
    by: journal.Actor,
    user: User,
    role: Role,
    centre: Centre | None = None,
    organisation: Organisation | None = None,
    why: str = "",
    origin: str = "",
) -> RoleAssignment:
    """Let the user have the role there; who has it already keeps it. `why` goes to the journal.

    `origin` is the issuer whose groups give it. What somebody here gives no longer follows one.

    Raises `ValidationError` for both places at once, or for none unless the role is operator.
    """
    held = RoleAssignment.objects.filter(
        user=user, role=role, centre=centre, organisation=organisation
    ).first()
    if held:
        return held if origin or not held.origin else _keep(by, held)
    assignment = RoleAssignment(
        user=user, role=role, centre=centre, organisation=organisation, origin=origin
    )
    return _give(by, assignment, why)


@transaction.atomic
def take_role(*, by: journal.Actor, assignment: RoleAssignment, why: str = "") -> None:
    """Take the role away; the user's sign-ins end, since they may have been made for it.

    What they have invited to and may not give without it is withdrawn.

    Raises `LastOperatorError` when nobody would look after the installation any more.
    """
    if assignment.is_everywhere:
        refuse_without_operator(assignment.user)
    _tell(by, "take_role", assignment, why)
    end_sessions(by=by, user=assignment.user)
    assignment.delete()
    assignment.user.forget_roles()
    withdraw_what_is_no_longer_theirs(by=by, user=assignment.user)


def _give(by: journal.Actor, assignment: RoleAssignment, why: str) -> RoleAssignment:
    assignment.full_clean()
    assignment.save()
    assignment.user.forget_roles()
    _tell(by, "give_role", assignment, why)
    return assignment


def _keep(by: journal.Actor, held: RoleAssignment) -> RoleAssignment:
    """Let a role that followed a provider's groups stay whatever these say."""
    held.origin = ""
    held.save(update_fields=["origin"])
    held.user.forget_roles()
    journal.record(by=by, verb="give_role", about=held, fields=["origin"])
    return held


def _tell(by: journal.Actor, verb: str, assignment: RoleAssignment, why: str) -> None:
    journal.record(by=by, verb=verb, about=assignment, why=why)
    user, fields = assignment.user, ["role_assignments"]
    journal.record(by=by, verb=verb, about=user, fields=fields, why=why)
