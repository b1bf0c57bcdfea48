"""Takes somebody's lost second step away, when there are no two colleagues who can."""

import argparse

from halsonav.commands.terminal import complain, say, with_django


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take whose it is."""
    parser.add_argument("email", metavar="E-POST", help="adressen som personen loggar in med")


def run(options: argparse.Namespace) -> int:
    """Take it away and end their sign-ins, or say that nobody has the address."""
    models = with_django("halsonav.people.models")
    actions = with_django("halsonav.people.actions")
    user = models.User.objects.filter(email__iexact=options.email.strip()).first()
    if user is None:
        complain("Ingen loggar in med den adressen.")
        return 1
    actions.take_factor_away(by=None, user=user)
    say("Klart: personen är utloggad, har fått ett brev och lägger till ett nytt andra steg.")
    return 0
