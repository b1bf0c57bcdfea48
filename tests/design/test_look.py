"""The catalogue in a real browser: axe finds nothing, nothing is wider than its window."""

import threading
from collections.abc import Iterator
from typing import Any, cast
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from halsonav.design import menu
from halsonav.design.assets import PROJECT, ROOM, build
from tests.chromium import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

pytestmark = pytest.mark.journey


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *words: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the catalogue, with freshly built files and without a database."""
    static = tmp_path_factory.mktemp("static")
    build(ROOM, PROJECT / "node_modules", static)
    with override_settings(
        DEMO=True, ROOT_URLCONF="tests.design.urls", STATICFILES_DIRS=[static], WHITENOISE_ROOT=None
    ):
        handler = StaticFilesHandler(WSGIHandler())
        with make_server("127.0.0.1", 0, handler, handler_class=Quiet) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}/komponenter/"
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


def _open(browser: Browser, address: str, width: int = 1280, **more: Any) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 844}, **more)
    page = context.new_page()
    page.goto(address)
    return page


def _faults(page: Page) -> list[tuple[str, str]]:
    found = cast(dict[str, Any], Axe().run(page, options=RULES).response)
    return [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]]


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    browser: Browser, address: str, width: int, mode: str, language: str
) -> None:
    page = _open(browser, f"{address}?sprak={language}", width, color_scheme=mode)

    assert _faults(page) == []
    page.context.close()


def test_axe_would_have_found_something(browser: Browser, address: str) -> None:
    page = _open(browser, address)
    page.evaluate("document.querySelector('main label').remove()")

    assert _faults(page)
    page.context.close()


@pytest.mark.parametrize("language", ["sv", "ar"])
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_its_window(
    browser: Browser, address: str, width: int, language: str
) -> None:
    page = _open(browser, f"{address}?sprak={language}", width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_body_text_is_at_least_18_pixels(browser: Browser, address: str) -> None:
    page = _open(browser, address, 360)

    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.dep-p')).fontSize)")
    assert size >= 18
    page.context.close()


def test_fingers_hit_every_link_and_button_on_a_phone(browser: Browser, address: str) -> None:
    page = _open(browser, address, 360, has_touch=True)

    small = page.evaluate(
        """[...document.querySelectorAll(
             '.chip,.ds-button,.menu summary,.langs a,.themes a,.tools > *,.views a,.filter a'
           )].filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
             .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []
    page.context.close()


def test_the_page_asks_nobody_else_and_breaks_no_policy(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address, wait_until="networkidle")

    own = address.removesuffix("komponenter/")
    assert [url for url in asked if not url.startswith((own, "data:"))] == []
    assert said == []
    context.close()


def test_near_me_puts_a_rounded_position_in_the_address(browser: Browser, address: str) -> None:
    page = _open(
        browser,
        address,
        permissions=["geolocation"],
        geolocation={"latitude": 57.70887, "longitude": 11.97456},
    )
    page.click("[data-near]")
    page.wait_for_url("**near=**")

    assert page.url.endswith("near=57.709%2C11.975")
    page.context.close()


def test_without_a_script_the_helps_are_hidden_and_the_menu_opens(
    browser: Browser, address: str
) -> None:
    menu.register_public(1, "Hitta aktiviteter", "find")
    page = _open(browser, address, 360, java_script_enabled=False)

    assert not page.is_visible("[data-near]")
    assert not page.is_visible("[data-share]")
    assert not page.is_visible(".menu a >> nth=0")
    page.click(".menu summary >> nth=0")
    assert page.is_visible(".menu a >> nth=0")
    page.context.close()
