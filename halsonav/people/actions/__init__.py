"""The verbs of the room."""

from halsonav.people.actions.centre import open_centre
from halsonav.people.actions.function import appoint_holder, end_holding
from halsonav.people.actions.organisation import (
    CircleError,
    create_organisation,
    move_organisation,
)
from halsonav.people.actions.role import give_role, take_role
from halsonav.people.actions.user import EmailTakenError, create_user, invite

__all__ = [
    "CircleError",
    "EmailTakenError",
    "appoint_holder",
    "create_organisation",
    "create_user",
    "end_holding",
    "give_role",
    "invite",
    "move_organisation",
    "open_centre",
    "take_role",
]
