"""Those who work here: their pages, and those around signing in, are as open as the public ones."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import SCHEMES, WIDTHS, Visitor

SIGNED_OUT = {
    "komponenter": "/komponenter/",
    "forgotten password": "/konto/password/reset/",
    "letter is sent": "/konto/password/reset/done/",
    "dead link": "/konto/password/reset/key/1-abc/",
    "no sign-up": "/konto/signup/",
    "closed account": "/konto/inactive/",
}
SIGNED_IN = {
    "today": "/arbete/",
    "own account": "/arbete/installningar/konto/",
    "not allowed": "/arbete/finns-inte/",
    "new password": "/konto/password/change/",
    "password again": "/konto/reauthenticate/",
    "sign out": "/konto/logout/",
}


@pytest.fixture(params=[("samordnare@exempel.se", 360), ("drift@exempel.se", 1280)], ids=str)
def worker(
    request: pytest.FixtureRequest, browser: Browser, site: str, scheme: str
) -> Iterator[Visitor]:
    """Return somebody signed in: a coordinator on a phone, an operator at a desk."""
    email, width = request.param
    one = Visitor(browser, site, width, scheme, "sv")
    one.signs_in(email)
    yield one
    one.leaves()


def _is_open_to_all(visitor: Visitor, path: str) -> None:
    visitor.goes_to(path)
    assert visitor.page.url.endswith(path), "it is another page"
    visitor.finds_it_open_to_all()


@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]], ids=str)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", SIGNED_OUT)
def test_axe_finds_nothing_on_pages_around_signing_in(
    browser: Browser, site: str, name: str, scheme: str, width: int
) -> None:
    visitor = Visitor(browser, site, width, scheme, "sv")
    _is_open_to_all(visitor, SIGNED_OUT[name])
    visitor.leaves()


def test_axe_finds_nothing_where_people_work(worker: Visitor) -> None:
    for path in SIGNED_IN.values():
        _is_open_to_all(worker, path)
