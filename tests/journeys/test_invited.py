"""A manager invites a coach, who says yes on a phone and signs in with the phone's key alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.drills.installation import Installation, on_sqlite
from tests.journeys.conftest import Visitor, route_of
from tests.journeys.test_keys import PHONE, give_key

DESK = 1280
MANAGER = "chef@exempel.se"
LETTER = """
from halsonav.messages.models import Message
for message in Message.objects.filter(to="noor@exempel.se"):
    print(message.text)
"""


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Installation]:
    """Serve the demo from a database of its own, whose letters can be read."""
    with on_sqlite(tmp_path) as installation:
        installation.command("migrate")
        installation.command("demo", "--no-server")
        installation.serve()
        yield installation


def key_of(visitor: Visitor) -> str:
    """Return the session's key."""
    held = {one["name"]: one["value"] for one in visitor.context.cookies()}
    return held.get("sessionid", "")


def invite(manager: Visitor) -> None:
    manager.signs_in(MANAGER)
    manager.goes_to("/arbete/installningar/personer/bjud-in/")
    manager.page.fill("[name=email]", "noor@exempel.se")
    manager.page.fill("[name=display_name]", "Noor")
    manager.page.select_option("[name=role]", "coach")
    manager.page.select_option("[name=place]", index=1)
    manager.finds_it_open_to_all()
    manager.page.get_by_role("button", name="Skicka inbjudan").click()
    manager.page.get_by_text("Inbjudan är skickad.").wait_for()


def link_in(installation: Installation) -> str:
    """Return the path of the link in the letter."""
    found = re.search(r"http://[^/]+(/\S+)", installation.python(LETTER))
    assert found
    return found[1]


def test_a_manager_invites_a_coach_who_signs_in_with_a_key_on_a_phone(
    browser: Browser, own_site: Installation
) -> None:
    site = own_site.origin.replace("127.0.0.1", "localhost")
    manager = Visitor(browser, site, DESK, "light", "sv")
    invite(manager)
    manager.leaves()

    phone = Visitor(browser, site, PHONE, "light", "sv")
    give_key(phone)
    phone.goes_to(link_in(own_site))
    assert "account_invitation_link" in map(route_of, phone.asked)
    assert phone.page.url.endswith("/konto/inbjudan/"), "the address has lost the token"
    phone.page.get_by_text("Chris bjuder in dig som hälsocoach").wait_for()
    phone.finds_it_open_to_all()
    before = key_of(phone)
    phone.page.get_by_label("Vad heter du?").fill("Noor Andersson")
    phone.page.get_by_role("button", name="Tacka ja").click()
    phone.page.wait_for_url("**/webauthn/add/")
    accepted = key_of(phone)
    assert accepted != before
    phone.finds_it_open_to_all()
    phone.page.get_by_label("Vad vill du kalla nyckeln?").fill("Min telefon")
    phone.page.get_by_role("button", name="Lägg till nyckeln").click()
    phone.page.wait_for_url("**/recovery-codes/")
    phone.finds_it_open_to_all()
    phone.page.get_by_role("link", name="Till ditt arbete").click()
    phone.page.wait_for_url("**/arbete/")

    phone.goes_to("/konto/logout/")
    phone.page.locator("main").get_by_role("button", name="Logga ut").click()
    phone.page.wait_for_url(f"{site}/")
    assert "account_logout" in phone.opened
    phone.goes_to("/konto/login/")
    planted = key_of(phone)
    phone.page.get_by_role("button", name="Logga in med en nyckel").click()
    phone.page.wait_for_url("**/arbete/")
    phone.finds_it_open_to_all()
    assert "account_invitation" in phone.opened
    assert key_of(phone) not in {planted, accepted, ""}
    phone.leaves()

    again = Visitor(browser, site, PHONE, "dark", "sv")
    again.goes_to(link_in(own_site))
    again.page.get_by_role("heading", name="Inbjudan gäller inte längre").wait_for()
    assert "account_invitation" in again.opened
    again.finds_it_open_to_all()
    again.leaves()
