"""The verbs of the room."""

from halsonav.people.actions.acceptance import SignInFirstError, accept_invitation
from halsonav.people.actions.centre import change_centre, open_centre
from halsonav.people.actions.closing_down import DependsError, close_down
from halsonav.people.actions.data_request import (
    LinkGoneError,
    answer_data_requests,
    ask_for_data,
    erase_by_request,
    open_data_request,
)
from halsonav.people.actions.erasure import erase_address, erase_closed, erase_person, replay
from halsonav.people.actions.factor_reset import (
    ResetGoneError,
    ResetWaitsError,
    TwoPersonsError,
    approve_factor_reset,
    ask_factor_reset,
    refuse_factor_reset,
    take_factor_away,
    why_not_approve,
)
from halsonav.people.actions.forgetting import (
    ClockInDoubtError,
    NotWaitingError,
    SamePersonError,
    forget_again,
    forget_what_is_due,
    say_no,
    say_yes,
    trust_clock,
)
from halsonav.people.actions.function import (
    appoint_holder,
    create_function,
    end_holding,
    rename_function,
)
from halsonav.people.actions.handover import (
    HandoverError,
    Newcomer,
    call_off_handover,
    carry_out_handovers,
    hand_over,
    leave,
)
from halsonav.people.actions.invitation import (
    InvitationGoneError,
    invite,
    renew_invitation,
    withdraw_invitation,
    withdraw_invitations_of,
)
from halsonav.people.actions.organisation import (
    CircleError,
    change_organisation,
    create_organisation,
    move_organisation,
)
from halsonav.people.actions.outside import (
    LinkedAlreadyError,
    UnknownIdentityError,
    let_in,
    link_identity,
    map_group,
    unlink_identities,
    unmap_group,
)
from halsonav.people.actions.policy import demand
from halsonav.people.actions.protection import open_protected, protect, unprotect
from halsonav.people.actions.read_review import (
    OwnReadingError,
    ReviewedAlreadyError,
    draw_reviews,
    review_reading,
)
from halsonav.people.actions.role import LastOperatorError, give_role, take_role
from halsonav.people.actions.second_person import NotApartError
from halsonav.people.actions.session import end_session, end_sessions
from halsonav.people.actions.user import (
    EmailTakenError,
    choose_language,
    close_account,
    create_user,
    open_account,
)

__all__ = [
    "CircleError",
    "ClockInDoubtError",
    "DependsError",
    "EmailTakenError",
    "HandoverError",
    "InvitationGoneError",
    "LastOperatorError",
    "LinkGoneError",
    "LinkedAlreadyError",
    "Newcomer",
    "NotApartError",
    "NotWaitingError",
    "OwnReadingError",
    "ResetGoneError",
    "ResetWaitsError",
    "ReviewedAlreadyError",
    "SamePersonError",
    "SignInFirstError",
    "TwoPersonsError",
    "UnknownIdentityError",
    "accept_invitation",
    "answer_data_requests",
    "appoint_holder",
    "approve_factor_reset",
    "ask_factor_reset",
    "ask_for_data",
    "call_off_handover",
    "carry_out_handovers",
    "change_centre",
    "change_organisation",
    "choose_language",
    "close_account",
    "close_down",
    "create_function",
    "create_organisation",
    "create_user",
    "demand",
    "draw_reviews",
    "end_holding",
    "end_session",
    "end_sessions",
    "erase_address",
    "erase_by_request",
    "erase_closed",
    "erase_person",
    "forget_again",
    "forget_what_is_due",
    "give_role",
    "hand_over",
    "invite",
    "leave",
    "let_in",
    "link_identity",
    "map_group",
    "move_organisation",
    "open_account",
    "open_centre",
    "open_data_request",
    "open_protected",
    "protect",
    "refuse_factor_reset",
    "rename_function",
    "renew_invitation",
    "replay",
    "review_reading",
    "say_no",
    "say_yes",
    "take_factor_away",
    "take_role",
    "trust_clock",
    "unlink_identities",
    "unmap_group",
    "unprotect",
    "why_not_approve",
    "withdraw_invitation",
    "withdraw_invitations_of",
]
