"""Every page in a real browser: nothing breaks the content policy, nobody else is asked."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from halsonav.demo.people import LOGINS
from tests.access import table
from tests.access.routes import routes
from tests.journeys.conftest import Visitor, route_of

READERS: Final = {"nobody": ""} | {role.value: email for email, (_, role) in LOGINS.items()}
ELSEWHERE: Final = {
    "account_invitation": "test_invited.py",
    "account_invitation_link": "test_invited.py",
    "account_logout": "test_invited.py",
    "account_reset_password_from_key": "test_forgotten.py",
    "mfa_edit_webauthn": "test_keys.py",
    "mfa_remove_webauthn": "test_keys.py",
    "own_data:link": "test_own_data.py",
}
"""Pages that take a letter or a key, or end the walk, and the journeys that open them."""
DIRECTLY: Final = (
    "/arbete/installningar/verksamheter/halsolots-centrum/ta-bort/",
    "/arbete/installningar/personer/1/tappat-steg/",
    "/arbete/installningar/personer/1/visa/",
)
"""Pages that links lead to only when something is so: a step lost, a person protected."""
AT_MOST: Final = 150
OF_EACH: Final = 2
"""So many pages of a route are opened: what they lead to differs from thing to thing."""
FILES: Final = ("calendar", "download", "_file", "alive", "ready")
"""Words in the names of routes that answer with a file, or for machines."""
PUBLIC: Final = {route.name for route in routes() if route.is_public}
"""Pages that are the same to the byte for all (`tests/access/test_matrix.py`)."""
LINKS: Final = "[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"


def answered(reader: str) -> set[str]:
    """Return the routes that show the reader a page, by the table of who gets what."""
    place = table.head().split().index(reader)
    rows = (row.split() for row in table.read()[1:])
    pages = {row[0] for row in rows if row[1] == "GET" and row[place].startswith("200")}
    return {
        name
        for name in pages - set(ELSEWHERE) - (PUBLIC if READERS[reader] else set())
        if not any(word in name for word in FILES)
    }


def walk(one: Visitor, wanted: set[str]) -> Iterator[str]:
    """Open pages as links lead to them; yield the route when one is open.

    First a few of each route; more of them only while a route has not been found.
    """
    waiting, later = ["/", "/arbete/", *DIRECTLY, *_without_things(wanted)], list[str]()
    seen, often = set[str](), Counter[str]()
    while waiting or (later and wanted - set(often) and often.total() < AT_MOST):
        address = (waiting or later).pop(0).partition("#")[0]
        name = route_of(address)
        if name not in wanted or address in seen or any(word in name for word in FILES):
            continue
        if often[name] >= OF_EACH and (waiting or name.startswith("website:")):
            later += [] if name.startswith("website:") else [address]
            continue
        seen.add(address)
        often[name] += 1
        one.page.goto(f"{one.site}{address}")
        yield name
        waiting += [link for link in one.page.evaluate(LINKS) if link.startswith("/")]


def _without_things(wanted: set[str]) -> list[str]:
    return [route.address({}) for route in routes() if route.name in wanted and not route.parts]


@pytest.mark.parametrize("reader", READERS)
def test_no_page_breaks_the_policy_or_asks_another_host(
    reader: str, browser: Browser, site: str
) -> None:
    one = Visitor(browser, site.replace("127.0.0.1", "localhost"), 1280, "light", "sv")
    if READERS[reader]:
        one.signs_in(READERS[reader])
    wanted = answered(reader)
    looked_at = set()
    for name in walk(one, wanted):
        assert one.broken == [], name
        looked_at.add(name)
    assert wanted == looked_at
    one.leaves()


def test_what_is_walked_elsewhere_is_said_to_be_opened_there() -> None:
    for name, file in ELSEWHERE.items():
        assert f'"{name}"' in (Path(__file__).parent / file).read_text("utf-8"), name


def test_a_page_that_breaks_the_policy_would_be_seen(browser: Browser, site: str) -> None:
    one = Visitor(browser, site, 1280, "light", "sv")
    one.goes_to("/")
    one.page.evaluate(
        """() => new Promise(done => {
          const picture = new Image(); picture.onerror = done;
          picture.src = "https://annan.exempel.se/a.png"; document.body.append(picture);
        })"""
    )
    assert any("img-src" in broken for broken in one.broken)
    with pytest.raises(AssertionError):
        one.leaves()
