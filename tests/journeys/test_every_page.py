"""Every page in a real browser: nothing breaks the content policy, nobody else is asked."""

from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser

from halsonav.demo.people import PASSWORD
from tests.access import table
from tests.access.routes import routes
from tests.journeys.conftest import Visitor

READERS: Final = {
    "nobody": "",
    "coach": "coach@exempel.se",
    "centre_manager": "chef@exempel.se",
    "operator": "drift@exempel.se",
}
NOT_BY_BROWSER: Final = frozenset(
    (
        "account_reset_password_from_key",  # needs a letter's link
        "account_invitation",
        "account_invitation_link",
        "own_data:link",
        "mfa_edit_webauthn",  # need a key, which tests/journeys/test_keys.py adds
        "mfa_remove_webauthn",
        "account_logout",  # would end the walk
    )
)
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
LINKS: Final = "[...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"
LISTEN: Final = """
window.broken = [];
document.addEventListener("securitypolicyviolation", event => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


def answered(reader: str) -> set[str]:
    """Return the routes that show the reader a page, by the table of who gets what."""
    place = table.head().split().index(reader)
    rows = (row.split() for row in table.read()[1:])
    return {row[0] for row in rows if row[1] == "GET" and row[place].startswith("200")}


def route_of(address: str) -> str:
    """Return the route of an address, or nothing for a file or another site."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


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
    one.page.add_init_script(LISTEN)
    faults: list[str] = []
    one.page.on("pageerror", lambda error: faults.append(str(error)))
    if READERS[reader]:
        one.goes_to("/konto/login/")
        one.page.fill("[name=login]", READERS[reader])
        one.page.fill("[name=password]", PASSWORD)
        one.page.press("[name=password]", "Enter")
        one.page.wait_for_url("**/arbete/")
    wanted = {name for name in answered(reader) if not any(word in name for word in FILES)}
    wanted -= NOT_BY_BROWSER
    looked_at = set()
    for name in walk(one, wanted):
        broken = one.page.evaluate("window.broken || []")
        assert broken == [], f"{name}: {broken}"
        looked_at.add(name)
    assert wanted == looked_at
    assert not one.strangers
    assert not faults
    one.context.close()


def test_a_page_that_breaks_the_policy_would_be_seen(browser: Browser, site: str) -> None:
    one = Visitor(browser, site, 1280, "light", "sv")
    one.page.add_init_script(LISTEN)
    one.goes_to("/")
    one.page.evaluate(
        """() => new Promise(done => {
          const picture = new Image(); picture.onerror = done;
          picture.src = "https://annan.exempel.se/a.png"; document.body.append(picture);
        })"""
    )
    assert any("img-src" in broken for broken in one.page.evaluate("window.broken"))
    one.context.close()
