"""Fills the demo with people: the logins, others, an invitation, and what has been read of whom."""

from datetime import date, timedelta
from typing import Any

from halsonav.demo import reading
from halsonav.people.actions import (
    close_account,
    create_user,
    demand,
    draw_reviews,
    give_role,
    invite,
    protect,
)
from halsonav.people.models import Centre, Organisation, Role, User
from halsonav.people.pages.access_log import Sought, log_shown
from halsonav.people.pages.people_list import Asked, people_shown
from halsonav.people.pages.person_page import person_shown
from halsonav.people.permissions import Role as Roles
from halsonav.people.reasons import ProtectReason
from halsonav.people.signing_in.policies import DEFAULTS

PASSWORD = "prova-halsonav"  # noqa: S105 (the demo's logins are printed for everyone to use)
LOGINS = {
    "samordnare@exempel.se": ("Sam", Roles.COORDINATOR),
    "chef@exempel.se": ("Chris", Roles.CENTRE_MANAGER),
    "coach@exempel.se": ("Kim", Roles.COACH),
    "ledare@exempel.se": ("Lo", Roles.HOST),
    "strateg@exempel.se": ("Tove", Roles.STRATEGIST),
    "partner@exempel.se": ("Pim", Roles.PARTNER_EDITOR),
    "drift@exempel.se": ("Dana", Roles.OPERATOR),
}
IN_ORGANISATIONS = {
    Roles.CENTRE_MANAGER: "halsolots-centrum-org",
    Roles.STRATEGIST: "goteborgs-stad",
}
"""Roles that a login holds in an organisation, with all below it."""


def load_people(
    centres: dict[str, Centre], organisations: dict[str, Organisation], own: Centre
) -> dict[str, User]:
    """Make them all; return the logins by e-mail."""
    _ask_for_one_step()
    users = {email: _login(email, organisations, own) for email in LOGINS}
    for block in reading.read("people")["person"]:
        _person(block, centres)
    for block in reading.read("people")["invitation"]:
        invite(
            by=users["chef@exempel.se"],
            email=block["email"],
            display_name=block["name"],
            role=Role(block["role"]),
            centre=centres[block["centre"]],
        )
    return users


def let_people_look(users: dict[str, User], today: date) -> None:
    """Let the manager and the operator have looked at people, and some of it be drawn."""
    chef, drift = users["chef@exempel.se"], users["drift@exempel.se"]
    bo = User.objects.get(email="bo@exempel.se")
    for reader, seen in ((chef, "samordnare"), (drift, "coach"), (bo, "ledare"), (bo, "coach")):
        people_shown(reader, Asked())
        person_shown(reader, users[f"{seen}@exempel.se"], why="people:person")
    log_shown(drift, Sought())
    draw_reviews(today=(today.replace(day=1) + timedelta(days=32)).replace(day=1))


def _ask_for_one_step() -> None:
    """Let a password be enough in the demo, since everybody can read it."""
    for role, policy in DEFAULTS.items():
        minutes, hours = (int(one.total_seconds() // 60) for one in (policy.idle, policy.absolute))
        demand(
            by=None, role=role, two_factors=False, idle_minutes=minutes, absolute_hours=hours // 60
        )


def _login(email: str, organisations: dict[str, Organisation], own: Centre) -> User:
    name, role = LOGINS[email]
    user = create_user(by=None, email=email, display_name=name, password=PASSWORD)
    top = organisations[IN_ORGANISATIONS[role]] if role in IN_ORGANISATIONS else None
    here = None if top or role == Roles.OPERATOR else own
    give_role(by=None, user=user, role=Role(role), centre=here, organisation=top)
    return user


def _person(block: dict[str, Any], centres: dict[str, Centre]) -> None:
    user = create_user(by=None, email=block["email"], display_name=block["name"])
    give_role(by=None, user=user, role=Role(block["role"]), centre=centres[block["centre"]])
    if "protected" in block:
        protect(by=None, user=user, why=ProtectReason(block["protected"]))
    if block.get("closed"):
        close_account(by=None, user=user)
