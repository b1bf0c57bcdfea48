"""Signing in with a key in the phone: a real browser with a key made of software."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.journeys.conftest import Visitor

COACH = "coach@exempel.se"
PHONE = 360


@pytest.fixture
def by_name(site: str) -> str:
    """Return the site by a name: no key is bound to an address in figures."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def phone(browser: Browser, by_name: str) -> Iterator[Visitor]:
    one = Visitor(browser, by_name, PHONE, "light", "sv")
    yield one
    one.leaves()


def give_key(phone: Visitor) -> tuple[CDPSession, str]:
    """Put a key into the phone that opens with its owner's finger."""
    wire = phone.context.new_cdp_session(phone.page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return wire, made["authenticatorId"]


def sign_in_with_password(phone: Visitor) -> None:
    phone.signs_in(COACH)


def test_a_coach_adds_a_key_signs_in_with_it_alone_and_takes_it_away(phone: Visitor) -> None:
    wire, key = give_key(phone)
    sign_in_with_password(phone)
    phone.goes_to("/konto/tva-steg/")
    phone.finds_it_open_to_all()
    phone.page.get_by_role("link", name="Lägg till en nyckel").click()
    phone.finds_it_open_to_all()
    phone.page.get_by_label("Vad vill du kalla nyckeln?").fill("Min telefon")
    phone.page.get_by_role("button", name="Lägg till nyckeln").click()
    phone.page.wait_for_url("**/recovery-codes/")
    assert len(re.findall(r"<li><code>[^<*]+</code>", phone.page.content())) == 10
    phone.finds_it_open_to_all()
    assert len(wire.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1

    phone.context.clear_cookies()
    phone.goes_to("/konto/login/")
    phone.finds_it_open_to_all()
    phone.page.get_by_role("button", name="Logga in med en nyckel").click()
    phone.page.wait_for_url("**/arbete/")

    phone.context.clear_cookies()
    phone.gives_password(COACH)
    phone.page.get_by_role("heading", name="Ett steg till").wait_for()
    phone.finds_it_open_to_all()
    phone.page.get_by_role("button", name="Använd en nyckel").click()
    phone.page.wait_for_url("**/arbete/")

    phone.goes_to("/konto/tva-steg/")
    assert phone.page.get_by_text("Min telefon").first.is_visible()
    phone.page.get_by_role("link", name="Byt namn Min telefon").click()
    assert "mfa_edit_webauthn" in phone.opened
    phone.finds_it_open_to_all()
    phone.page.get_by_role("textbox").fill("Nya telefonen")
    phone.page.get_by_role("button", name="Spara").click()
    phone.page.get_by_role("link", name="Ta bort Nya telefonen").click()
    assert "mfa_remove_webauthn" in phone.opened
    phone.finds_it_open_to_all()
    phone.page.get_by_role("button", name="Ta bort").click()
    phone.page.get_by_text("Du har ingen nyckel.").wait_for()


def test_a_key_that_nobody_opens_is_said_in_the_page(phone: Visitor) -> None:
    wire, key = give_key(phone)
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    phone.goes_to("/konto/login/")
    phone.page.get_by_role("button", name="Logga in med en nyckel").click()
    phone.page.get_by_text("Det gick inte att använda nyckeln.").wait_for()
    phone.finds_it_open_to_all()


def test_an_app_is_offered_with_a_picture_and_its_key_in_letters(phone: Visitor) -> None:
    sign_in_with_password(phone)
    phone.goes_to("/konto/tva-steg/totp/activate/")
    assert phone.page.locator(".code svg").bounding_box()
    phone.finds_it_open_to_all()
