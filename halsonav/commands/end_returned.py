"""Ends accounts and roles that a restored backup brought back, though they had ended since."""

import argparse
from typing import Any

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the numbers, as `halsonav restore` says them."""
    for option, what in (("--account", "konto att stänga"), ("--role", "roll att ta bort")):
        parser.add_argument(
            option,
            type=int,
            action="append",
            default=[],
            metavar="NUMMER",
            help=f"{what}; går att säga flera gånger",
        )


def run(options: argparse.Namespace) -> int:
    """End each, and say what could not be; the exit code is 1 then."""
    models = with_django("halsonav.people.models")
    roles = models.RoleAssignment.objects.filter(pk__in=options.role)
    accounts = models.User.objects.filter(pk__in=options.account, is_active=True)
    ended = [_end_role(role) for role in roles.order_by("pk")]
    closed = [_close(user) for user in accounts.order_by("pk")]
    say(f"Klart: roller som togs bort: {sum(ended)}, konton som stängdes: {sum(closed)}.")
    missing = len(options.role) + len(options.account) - sum(ended) - sum(closed)
    if missing:
        complain(f"Finns inte, är redan avslutade eller måste vara kvar: {missing}.")
    return 1 if missing else 0


def _end_role(role: Any) -> bool:
    actions = with_django("halsonav.people.actions")
    try:
        actions.take_role(by=None, assignment=role)
    except actions.LastOperatorError as refused:
        complain(f"Roll {role.pk}: {refused.messages[0]}")
        return False
    return True


def _close(user: Any) -> bool:
    actions = with_django("halsonav.people.actions")
    try:
        actions.close_account(by=None, user=user)
    except actions.LastOperatorError as refused:
        complain(f"Konto {user.pk}: {refused.messages[0]}")
        return False
    return True
