"""All routes × all readers × all ways of asking × own, another's and not there, in one table."""

import pytest

from tests.access import table
from tests.access.asking import ask
from tests.access.routes import Route, routes
from tests.access.world import READERS, World

pytestmark = pytest.mark.django_db
WITH_THINGS = [route for route in routes() if route.parts and not route.is_public]


@pytest.fixture(scope="module")
def expected() -> dict[str, list[str]]:
    """Return the expected rows by route."""
    found: dict[str, list[str]] = {}
    for row in table.read()[1:]:
        found.setdefault(row.split()[0], []).append(row)
    return found


def test_the_table_is_written_anew_when_that_is_asked_for(
    request: pytest.FixtureRequest, world: World
) -> None:
    if request.config.getoption("--write-matrix"):
        table.FILE.write_text("\n".join(table.whole(world)) + "\n", "utf-8")
    assert table.read()[0] == table.head()


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_each_route_answers_each_reader_as_the_table_says(
    route: Route, world: World, expected: dict[str, list[str]]
) -> None:
    assert route.name in expected, "a new route: say in expected.txt who gets what there"
    assert list(table.rows(world, route)) == expected[route.name]


def test_the_table_has_no_row_for_a_route_that_is_gone(expected: dict[str, list[str]]) -> None:
    assert set(expected) == {route.name for route in routes()}


def test_each_part_of_an_address_is_said_to_be_something() -> None:
    for route in routes():
        assert all(table.kind_of(route, part) for part in route.parts), route.name


@pytest.mark.parametrize("route", WITH_THINGS, ids=lambda route: route.name)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_yours_and_what_is_not_there_answer_alike_to_the_byte(
    route: Route, method: str, world: World
) -> None:
    kinds = [table.kind_of(route, part) for part in route.parts]
    others, nothings = ([world.values[kind][which] for kind in kinds] for which in (1, 2))
    for reader in READERS:
        _own, other, missing = table.addresses(route, world, reader)
        not_yours = ask(world, reader, method, other)
        not_there = ask(world, reader, method, missing)
        if not_there.status != 404 or not_yours.status != 404:
            assert not_yours.status == not_there.status or _may_see_all(route, reader)
            continue
        assert not_yours.said_without(*others) == not_there.said_without(*nothings)


def _may_see_all(route: Route, reader: str) -> bool:
    """Say whether another's thing is within what the reader may see: an operator's, everywhere."""
    return reader == "operator" and route.name.startswith("people:")


OF_SEVERAL = [route for route in WITH_THINGS if len(route.parts) > 1]


@pytest.mark.parametrize("route", OF_SEVERAL, ids=lambda route: route.name)
def test_things_that_do_not_belong_together_are_not_there(route: Route, world: World) -> None:
    if route.name.startswith("account_"):
        return
    for swapped in route.parts:
        values = {
            part: world.values[table.kind_of(route, part)][1 if part == swapped else 0]
            for part in route.parts
        }
        for reader in ("centre_manager", "operator"):
            for method in ("GET", "POST"):
                assert ask(world, reader, method, route.address(values)).status in (404, 405)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_head_says_what_get_says_without_its_text(route: Route, world: World) -> None:
    for reader in table.OF_THE_SAME:
        address = table.addresses(route, world, reader)[0]
        looked, headed = (ask(world, reader, method, address) for method in ("GET", "HEAD"))
        assert headed.code == looked.code
        assert headed.text == ""


@pytest.mark.parametrize(
    "route", [route for route in routes() if route.is_public], ids=lambda route: route.name
)
def test_a_public_page_is_the_same_for_all(route: Route, world: World) -> None:
    address = table.addresses(route, world, "nobody")[0]
    pages = {ask(world, reader, "GET", address).text for reader in table.OF_THE_SAME}
    assert len(pages) == 1
