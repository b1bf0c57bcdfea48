"""On a phone nothing that is chosen or offered stands where it cannot be seen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import LANGUAGES, Visitor
from tests.journeys.test_finding import PATHS

BEYOND = """all => all.filter(one => {
    const box = one.getBoundingClientRect();
    return box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5;
}).map(one => one.textContent)"""
"""The words of what reaches over the edges of the window."""


@pytest.fixture(params=[320, 360], ids=str)
def owner(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visitor]:
    """Return somebody with a phone, as wide as it may be."""
    visitor = Visitor(browser, site, request.param, "light", "sv")
    yield visitor
    visitor.context.close()


@pytest.fixture(params=LANGUAGES)
def phone(owner: Visitor, request: pytest.FixtureRequest) -> Visitor:
    """Return the phone in a language."""
    owner.language = request.param
    return owner


def looks_for(phone: Visitor, choices: str) -> None:
    phone.goes_to(f"{PATHS['find'][phone.language]}?{choices}")


@pytest.mark.parametrize("view", ["list", "week", "map"])
def test_every_chosen_filter_is_seen_whole(phone: Visitor, view: str) -> None:
    looks_for(phone, f"view={view}&want=move&language=sv&access=wheelchair")
    assert phone.page.locator(".chip.on").count() == 3
    assert phone.page.eval_on_selector_all(".chips:not(.row) a", BEYOND) == []
    faded = "all => all.map(one => getComputedStyle(one.closest('nav')).maskImage)"
    assert set(phone.page.eval_on_selector_all(".chip.on", faded)) == {"none"}
