"""Nobody's data reaches a reader without the right to it, whatever the page is made of.

Each person of the world has marks that stand nowhere else; an answer's bytes are looked through for
them: pages, JSON, calendars, files, and what a search proposes.
"""

import pytest

from tests.access import table
from tests.access.asking import Answer, ask
from tests.access.routes import Route, routes
from tests.access.world import MARK, READERS, TOWN_MANAGER, Shown, World

pytestmark = pytest.mark.django_db
WAYS = (("", "text/html"), ("", "application/json"), (f"?q={MARK[:5]}", "text/html"))
"""What is hung on the address, and what is asked for: also a search that begins like a mark."""
LOOKED_AT_CLOSELY = ("nobody", "coach", "centre_manager", TOWN_MANAGER, "operator")


def may_see(world: World, reader: str) -> list[Shown]:
    """Return whom the reader may see: written by hand here, apart from the code that decides."""
    oneself: list[Shown] = [world.readers[reader]] if reader in world.readers else []
    elsewhere = ("no_role", "operator", TOWN_MANAGER)
    with_a_role_here = [one for name, one in world.readers.items() if name not in elsewhere]
    if reader == "centre_manager":
        return [*with_a_role_here, world.here["colleague"], world.invited["here"]]
    if reader == TOWN_MANAGER:
        return [*with_a_role_here, *oneself, world.here["colleague"], world.invited["here"]]
    if reader == "operator":
        return [
            *(one for one in world.people if not one.user.is_protected),
            *world.invited.values(),
        ]
    return oneself


def shown_in(answer: Answer, world: World) -> list[Shown]:
    """Return those whose marks stand in the answer."""
    return [one for one in world.everybody if any(mark in answer.told for mark in one.marks)]


def names_of_holders(world: World, reader: str, route: Route) -> set[str]:
    """Return the names that stand on a function's page, whatever role their bearers have.

    Who manages people in the organisation appoints them; nothing else about them is shown there.
    """
    if reader != TOWN_MANAGER or route.name != "people:organisation":
        return set()
    return {world.readers[name].user.display_name for name in ("no_role", "operator")}


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_nobody_is_shown_to_a_reader_without_the_right(route: Route, world: World) -> None:
    for reader in table.OF_THE_SAME if route.is_public else READERS:
        allowed = [] if route.is_public else may_see(world, reader)
        marks = {mark for one in world.everybody if one not in allowed for mark in one.marks}
        marks -= names_of_holders(world, reader, route)
        for address in table.addresses(route, world, reader):
            for more, accept in WAYS if reader in LOOKED_AT_CLOSELY else WAYS[:1]:
                answer = ask(world, reader, "GET", address + more, accept)
                strangers = {mark for mark in marks if mark in answer.told}
                assert not strangers, f"{reader} sees {strangers} at {address}{more}"


def test_a_mark_that_is_shown_is_found(world: World) -> None:
    answer = ask(world, "coach", "GET", "/arbete/installningar/konto/")
    assert shown_in(answer, world) == [world.readers["coach"]]


def test_no_two_people_share_a_mark(world: World) -> None:
    marks = [mark for one in world.everybody for mark in one.marks]
    assert len(marks) == len(set(marks))
    assert not [one for one in marks for other in marks if one != other and one in other]
