"""The table of who gets what where: `expected.txt`, held against what the routes answer.

A row for each route and way of asking, a column for each reader. A cell holds the status, or
"login" for the way to where one signs in; with things in the address it holds three where they
differ: one's own, another's, and one that is not there.

    python -m pytest tests/access --write-matrix     writes what is answered now, to be read by eye
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.access.asking import ask
from tests.access.routes import Route, routes
from tests.access.world import READERS, World

FILE: Final = Path(__file__).with_name("expected.txt")
OTHERS: Final = ("PUT", "PATCH", "DELETE", "OPTIONS")
OF_THE_SAME: Final = ("nobody", "coordinator", "operator")
"""Whose look at a public page is compared; it is the same for all."""
THINGS: Final = {
    "account_reset_password_from_key": {"uidb36": "uid", "key": "token"},
    "account_invitation_link": {"token": "invitation token"},
    "own_data:link": {"token": "own data token"},
    "mfa_edit_webauthn": {"pk": "key"},
    "mfa_remove_webauthn": {"pk": "key"},
    "people:end_one": {"session": "session"},
    "people:role_demand": {"role": "role code"},
    "people:centre": {"slug": "centre"},
    "people:close_centre": {"slug": "centre"},
    "website:activity": {"slug": "activity"},
    "website:area": {"slug": "area"},
    "website:occurrence": {"slug": "activity", "occurrence": "occurrence"},
    "website:occurrence_calendar": {"slug": "activity", "occurrence": "occurrence"},
    "website:theme": {"slug": "theme"},
}
"""What the parts of an address are, by route, where their names do not say it."""
BY_NAME: Final = {
    "person": "person",
    "role": "role",
    "session": "their session",
    "invitation": "invitation",
    "run": "run",
    "mapping": "mapping",
    "slug": "organisation",
    "function": "function",
    "holder": "holder",
    "handover": "handover",
    "review": "review",
    "line": "line",
}
"""What a part of an address is by its name; a part that stands in neither is red."""


def kind_of(route: Route, part: str) -> str:
    """Return what a part of an address is; raise `KeyError` where nobody has said it."""
    return THINGS.get(route.name, BY_NAME)[part]


def addresses(route: Route, world: World, reader: str) -> list[str]:
    """Return the route's address, or three where things stand in it."""
    if not route.parts:
        return [route.address({})]
    return [
        route.address(
            {part: world.value(kind_of(route, part), which, reader) for part in route.parts}
        )
        for which in range(3)
    ]


def read() -> list[str]:
    """Return the expected rows."""
    return FILE.read_text("utf-8").splitlines()


def head() -> str:
    """Return the table's first row."""
    return _row("route", "asked", READERS)


def rows(world: World, route: Route) -> Iterator[str]:
    """Yield what the route answers, a row for each way of asking."""
    there = {reader: addresses(route, world, reader) for reader in READERS}
    for method in ("GET", "POST"):
        yield _row(route.name, method, [_cell(world, one, method, there[one]) for one in READERS])
    yield _row(route.name, "others", [_others(world, there)])


def _cell(world: World, reader: str, method: str, there: list[str]) -> str:
    codes = [ask(world, reader, method, address).code for address in there]
    return codes[0] if len(set(codes)) == 1 else "/".join(codes)


def _others(world: World, there: dict[str, list[str]]) -> str:
    """Return the answer to all other ways of asking, by a stranger and by who may most."""
    readers = ("nobody", "operator")
    asked = ((reader, method) for reader in readers for method in OTHERS)
    codes = {ask(world, reader, method, there[reader][0]).code for reader, method in asked}
    return "+".join(sorted(codes))


def _row(route: str, asked: str, cells: list[str] | tuple[str, ...]) -> str:
    return f"{route:<38}{asked:<8}" + "".join(f"{cell:<15}" for cell in cells).rstrip()


def whole(world: World) -> list[str]:
    """Return the table as it is answered now."""
    return [head(), *(row for route in routes() for row in rows(world, route))]
