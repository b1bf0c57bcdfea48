"""The settings in a browser: open to all, and two journeys through them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from tests.journeys.conftest import SCHEMES, WIDTHS, Visitor

SETTINGS = "/arbete/installningar/"
PAGES = (
    "", "konto/", "konto/sprak/", "konto/visningar/", "personer/", "personer/?q=sam",
    "personer/bjud-in/", "personer/inbjudningar/", "personer/1/", "personer/1/roll/",
    "personer/1/skydd/", "personer/1/lamna-over/", "personer/1/slutar/", "organisationer/",
    "organisationer/ny/", "organisationer/halsolots-centrum-org/",
    "organisationer/halsolots-centrum-org/andra/", "organisationer/halsolots-centrum-org/funktion/",
    "organisationer/halsolots-centrum-org/ta-bort/", "verksamheter/halsolots-centrum/",
    "funktioner/1/", "funktioner/1/utse/", "funktioner/1/titel/", "logg/", "logg/?fran=x",
    "granskning/",
)  # fmt: skip
OPERATORS = ("grupper/", "rollkrav/", "rollkrav/host/", "organisationer/")
MANAGER, OPERATOR, STRATEGIST = "chef@exempel.se", "drift@exempel.se", "strateg@exempel.se"


def signed_in(browser: Browser, site: str, email: str, width: int, scheme: str) -> Visitor:
    one = Visitor(browser, site, width, scheme, "sv")
    one.signs_in(email)
    return one


def speaks(visitor: Visitor, language: str) -> None:
    visitor.goes_to(f"{SETTINGS}konto/sprak/")
    visitor.page.check(f"[name=language][value={language}]")
    visitor.page.click("main form button[type=submit]")
    assert visitor.page.locator("html").get_attribute("lang") == language


def is_open_to_all(visitor: Visitor, path: str) -> None:
    visitor.goes_to(path)
    visitor.finds_it_open_to_all()


@pytest.fixture(params=[MANAGER, OPERATOR])
def worker(
    request: pytest.FixtureRequest, browser: Browser, site: str, width: int, scheme: str
) -> Iterator[tuple[Visitor, tuple[str, ...]]]:
    one = signed_in(browser, site, request.param, width, scheme)
    yield one, PAGES if request.param == MANAGER else OPERATORS
    one.leaves()


def test_the_settings_are_open_to_all_in_swedish_and_arabic(
    worker: tuple[Visitor, tuple[str, ...]], scheme: str, width: int
) -> None:
    """Each width in each scheme walks all pages once, in a language of its own."""
    visitor, pages = worker
    languages = ("sv", "ar") if WIDTHS.index(width) + SCHEMES.index(scheme) == 0 else ("ar",)
    if WIDTHS.index(width) == 1:
        languages = ("sv",)
    for language in languages:
        speaks(visitor, language)
        for page in pages:
            is_open_to_all(visitor, SETTINGS + page)
    speaks(visitor, "sv")


def test_a_coordinator_leaves_and_a_successor_takes_over(browser: Browser, site: str) -> None:
    manager = signed_in(browser, site, MANAGER, 1280, "light")
    page = manager.page
    manager.goes_to(f"{SETTINGS}personer/?q=Sam")
    page.get_by_role("link", name="Sam", exact=True).click()
    page.get_by_role("link", name="Lämna över").click()
    page.get_by_label("Efterträdarens e-postadress").fill("ledare@exempel.se")
    page.get_by_label("Sista dagen för den som slutar").fill(
        (timezone.localdate() + timedelta(days=7)).isoformat()
    )
    page.get_by_label("Den nya tar över från").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Lämna över").click()
    page.get_by_text("Överlämningen är bestämd.").wait_for()
    page.get_by_text("Efterträdaren tar över från").wait_for()

    successor = signed_in(browser, site, "ledare@exempel.se", 360, "light")
    successor.goes_to(f"{SETTINGS}konto/")
    successor.page.get_by_text("Samordnare, Hälsolots Centrum").wait_for()
    successor.goes_to(f"{SETTINGS}konto/visningar/")

    manager.goes_to(f"{SETTINGS}organisationer/halsolots-centrum-org/")
    page.get_by_role("link", name="Samordnare", exact=True).click()
    assert page.get_by_role("link", name="Lo", exact=True).is_visible()
    manager.goes_to(f"{SETTINGS}logg/?vad=hand_over")
    told = page.locator(".ledger").get_by_text("lämnade över roller och funktioner")
    told.first.wait_for()

    manager.goes_to(f"{SETTINGS}personer/?q=Sam")
    page.get_by_role("link", name="Sam", exact=True).click()
    page.get_by_role("button", name="Ställ in").click()
    page.get_by_text("Inställt.").wait_for()
    manager.leaves()
    successor.leaves()


def test_a_strategist_tries_to_open_what_she_may_not(browser: Browser, site: str) -> None:
    """She reads in plain words that she may not, and nothing of anybody stands there."""
    strategist = signed_in(browser, site, STRATEGIST, 768, "light")
    strategist.goes_to(SETTINGS)
    links = strategist.page.locator("main .ledger a").all_inner_texts()
    assert "Ditt konto" in links
    assert "Personer" not in links
    assert "Loggen" not in links
    for path in ("personer/", "personer/1/", "logg/", "granskning/", "rollkrav/",
                 "organisationer/", "personer/999999/"):  # fmt: skip
        strategist.goes_to(SETTINGS + path)
        heading = strategist.page.get_by_role("heading", level=1).inner_text()
        assert heading == "Du har inte rätt till den här sidan"
        words = strategist.page.locator("main").inner_text()
        assert "Be den som gav dig din roll om rätten." in words
        assert "Sam" not in words.split()
    manager = signed_in(browser, site, "chef@exempel.se", 768, "light")
    manager.goes_to(f"{SETTINGS}personer/999999/")
    assert "Sidan finns inte" in manager.page.locator("main").inner_text()
    strategist.leaves()
    manager.leaves()
