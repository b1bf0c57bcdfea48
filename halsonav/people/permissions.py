"""Roles and permissions as plain data: which role may do what where it is held."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a signed-in person is at a centre or in an organisation. A resident needs none."""

    HOST = "host", _("värd/ledare")
    COACH = "coach", _("hälsocoach")
    COORDINATOR = "coordinator", _("samordnare")
    CENTRE_MANAGER = "centre_manager", _("verksamhetschef")
    STRATEGIST = "strategist", _("folkhälsostrateg")
    REFERRER = "referrer", _("remittent")
    PARTNER_EDITOR = "partner_editor", _("partnerredaktör")
    OPERATOR = "operator", _("driftansvarig")


class Permission(StrEnum):
    """What may be allowed. The value is the name under which `has_perm` knows it."""

    SEE_WORKSPACE = "see_workspace"
    SEE_CATALOGUE = "see_catalogue"
    SEE_ZERO_HITS = "see_zero_hits"
    EDIT_ACTIVITY = "edit_activity"
    PUBLISH_ACTIVITY = "publish_activity"
    CANCEL_OCCURRENCE = "cancel_occurrence"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANISATIONS = "manage_organisations"
    MANAGE_PLACES = "manage_places"
    MANAGE_AREAS = "manage_areas"
    READ_JOURNAL = "read_journal"
    SEE_PROTECTED = "see_protected"
    RUN_OPERATIONS = "run_operations"


_STAFF = frozenset((Permission.SEE_WORKSPACE, Permission.SEE_CATALOGUE))
_EDITOR = _STAFF | {Permission.EDIT_ACTIVITY}
_COORDINATOR = _EDITOR | {
    Permission.PUBLISH_ACTIVITY,
    Permission.CANCEL_OCCURRENCE,
    Permission.SEE_ZERO_HITS,
    Permission.MANAGE_PLACES,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HOST: _STAFF,
    Role.COACH: _STAFF,
    Role.COORDINATOR: _COORDINATOR,
    Role.CENTRE_MANAGER: _COORDINATOR
    | {
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ORGANISATIONS,
        Permission.READ_JOURNAL,
        Permission.SEE_PROTECTED,
    },
    Role.STRATEGIST: _STAFF | {Permission.SEE_ZERO_HITS, Permission.MANAGE_AREAS},
    Role.REFERRER: _STAFF,
    Role.PARTNER_EDITOR: _EDITOR,
    Role.OPERATOR: _STAFF
    | {
        Permission.SEE_ZERO_HITS,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_ORGANISATIONS,
        Permission.MANAGE_PLACES,
        Permission.MANAGE_AREAS,
        Permission.READ_JOURNAL,
        Permission.RUN_OPERATIONS,
    },
}


def roles_with(permission: Permission) -> frozenset[Role]:
    """Return the roles that carry the permission."""
    return frozenset(role for role, held in ROLE_PERMISSIONS.items() if permission in held)
