"""One server with the demo and one browser for all journeys of a process."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from halsonav.demo.people import PASSWORD
from tests.bench.serving import free_port, wait_for
from tests.chromium import chromium

AXE = Axe()
ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (360, 768, 1280)
LANGUAGES = {"sv": "", "ar": "/ar"}
SCHEMES = ("light", "dark")
ALL_VIEWS = os.environ.get("HALSONAV_ALL_VIEWS") == "1"
"""Whether all twelve windows are looked through, as `make drill` does, or the six in pairs."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here is a journey."""
    for item in items:
        if Path(str(item.fspath)).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Load the demo into a database of its own and serve it; return the address."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "HALSONAV_MODE": "demo",
            "HALSONAV_DATABASE": f"sqlite:///{folder}/journeys.sqlite3",
        }
        halsonav = str(Path(sys.executable).with_name("halsonav"))
        subprocess.run([halsonav, "demo", "--no-server"], env=environment, check=True, cwd=ROOT)
        port = free_port()
        server = subprocess.Popen(
            [halsonav, "serve", "--port", str(port)], env=environment, cwd=ROOT
        )
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


def route_of(address: str) -> str:
    """Return the route of an address, or nothing for a file or another site."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


class Visitor:
    """Somebody with a window of a width, a colour scheme and a language."""

    def __init__(self, browser: Browser, site: str, width: int, scheme: str, language: str) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.page: Page = self.context.new_page()
        self.site = site
        self.width = width
        self.language = language
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.broken: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.opened: set[str] = set()
        self.page.on("framenavigated", lambda frame: self.opened.add(route_of(frame.url)))

    def _heard(self, said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            self.broken.append(said.text)

    def goes_to(self, path: str) -> None:
        """Open a page of the site in the visitor's language."""
        self.page.goto(f"{self.site}{LANGUAGES[self.language]}{path}")

    def signs_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in with a password, and be where people work."""
        self.gives_password(email, password)
        self.page.wait_for_url("**/arbete/")

    def gives_password(self, email: str, password: str = PASSWORD) -> None:
        """Send the sign-in page's form, wherever that leads."""
        self.goes_to("/konto/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.page.press("[name=password]", "Enter")

    def finds_it_open_to_all(self) -> None:
        """See that axe finds nothing, all fits the window, and nobody else is asked."""
        found = AXE.run(self.page)
        assert found.violations_count == 0, f"{self.page.url} {found.generate_report()}"
        scroll = self.page.evaluate("document.documentElement.scrollWidth")
        assert scroll <= self.width, self.page.url
        assert not self.strangers

    @property
    def strangers(self) -> list[str]:
        """Return what was asked of others than the site."""
        return [url for url in self.asked if not url.startswith((self.site, "data:"))]

    def leaves(self) -> None:
        """Close the window; no page in it broke the policy or asked another host."""
        self.context.close()
        assert self.broken == []
        assert self.strangers == []


@pytest.fixture(params=WIDTHS, ids=str)
def width(request: pytest.FixtureRequest) -> int:
    """Return a phone's, a tablet's and a computer's width."""
    return int(request.param)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Return Swedish and Arabic."""
    return str(request.param)


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    """Return light and dark."""
    return str(request.param)


IN_PAIRS = (
    (360, "light", "sv"),
    (360, "dark", "ar"),
    (768, "light", "ar"),
    (768, "dark", "sv"),
    (1280, "light", "sv"),
    (1280, "dark", "ar"),
)
"""Windows in which every two of a width, a scheme and a language meet at least once."""
VIEWS = tuple(product(WIDTHS, SCHEMES, LANGUAGES)) if ALL_VIEWS else IN_PAIRS


@pytest.fixture(params=VIEWS, ids=lambda view: "-".join(map(str, view)))
def visitor(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visitor]:
    """Return a visitor with each of the windows."""
    width, scheme, language = request.param
    one = Visitor(browser, site, width, scheme, language)
    yield one
    one.leaves()
