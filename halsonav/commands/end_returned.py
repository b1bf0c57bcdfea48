"""Ends accounts and roles that a restored backup brought back, though they had ended since."""

import argparse
from collections.abc import Callable
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
    actions = with_django("halsonav.people.actions")
    roles = models.RoleAssignment.objects.filter(pk__in=options.role)
    accounts = models.User.objects.filter(pk__in=options.account, is_active=True)
    ended = _ended("Roll", roles, lambda role: actions.take_role(by=None, assignment=role))
    closed = _ended("Konto", accounts, lambda user: actions.close_account(by=None, user=user))
    say(f"Klart: roller som togs bort: {ended}, konton som stängdes: {closed}.")
    missing = len(options.role) + len(options.account) - ended - closed
    if missing:
        complain(f"Finns inte, är redan avslutade eller måste vara kvar: {missing}.")
    return 1 if missing else 0


def _ended(what: str, rows: Any, end: Callable[[Any], object]) -> int:
    """End each of the rows; say which must stay, and return how many ended."""
    refusal = with_django("halsonav.people.actions").LastOperatorError
    ended = 0
    for row in rows.order_by("pk"):
        try:
            end(row)
            ended += 1
        except refusal as refused:
            complain(f"{what} {row.pk}: {refused.messages[0]}")
    return ended
