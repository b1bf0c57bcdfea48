"""On a phone nothing that is chosen or offered stands where it cannot be seen."""

from collections.abc import Iterator
from itertools import pairwise

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
    visitor.leaves()


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


def test_the_days_of_the_week_stand_within_the_page_and_apart(phone: Visitor) -> None:
    looks_for(phone, "view=week")
    phone.page.locator(".weeks a").last.click()
    days = phone.page.locator(".week-days a")
    assert days.count() == 7
    assert phone.page.eval_on_selector_all(".week-days a", BEYOND) == []
    wide = "one => [one.scrollWidth, one.clientWidth]"
    scrolled, seen = phone.page.eval_on_selector(".week-days", wide)
    assert scrolled <= seen
    words = "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
    spans = sorted(phone.page.eval_on_selector_all(".week-days a span:last-child", words))
    assert all(after[0] - before[1] >= 4 for before, after in pairwise(spans))


def test_place_and_facts_of_the_week_are_no_smaller_than_other_text(phone: Visitor) -> None:
    looks_for(phone, "view=week")
    size = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    assert min(phone.page.eval_on_selector_all(".wd li > small", size)) >= 16


def test_where_nothing_is_found_rows_have_no_gap_and_ways_on_fit_a_thumb(phone: Visitor) -> None:
    looks_for(phone, "q=qqxzy")
    assert phone.page.locator(".empty .dep").count() == 3
    gaps = """all => all.map(one => {
        const facts = one.querySelector('.dep-f');
        return facts.getBoundingClientRect().top - facts.previousElementSibling.lastElementChild
            .getBoundingClientRect().bottom;
    })"""
    assert max(phone.page.eval_on_selector_all(".empty .dep", gaps)) < 16
    heights = "all => all.map(one => one.getBoundingClientRect().height)"
    assert min(phone.page.eval_on_selector_all(".empty .other a", heights)) >= 44


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1200, 1280])
def test_what_has_changed_stands_on_one_line_in_the_seven_columns(
    browser: Browser, site: str, language: str, width: int
) -> None:
    visitor = Visitor(browser, site, width, "light", language)
    looks_for(visitor, "view=week")
    measure = "all => all.map(one => one.clientHeight / parseFloat(getComputedStyle(one).fontSize))"
    heights: list[float] = []
    for _week in range(4):  # what is left of this week depends on the day when somebody looks
        heights += visitor.page.eval_on_selector_all(".wd .tag", measure)
        visitor.page.locator(".weeks a").last.click()
    assert heights
    assert max(heights) < 2.5
    visitor.leaves()
