"""The verbs of the room."""

from halsonav.people.actions.centre import open_centre
from halsonav.people.actions.function import appoint_holder, end_holding
from halsonav.people.actions.organisation import (
    CircleError,
    create_organisation,
    move_organisation,
)
from halsonav.people.actions.policy import demand
from halsonav.people.actions.role import give_role, take_role
from halsonav.people.actions.session import end_session, end_sessions
from halsonav.people.actions.user import (
    EmailTakenError,
    choose_language,
    close_account,
    create_user,
    invite,
    open_account,
)

__all__ = [
    "CircleError",
    "EmailTakenError",
    "appoint_holder",
    "choose_language",
    "close_account",
    "create_organisation",
    "create_user",
    "demand",
    "end_holding",
    "end_session",
    "end_sessions",
    "give_role",
    "invite",
    "move_organisation",
    "open_account",
    "open_centre",
    "take_role",
]
