"""Somebody who has forgotten the password gets a letter, and chooses a new one on the phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.drills.installation import Installation, on_sqlite
from tests.journeys.conftest import Visitor

EMAIL = "noor@exempel.se"
NEW = "tre-korta-ord-om-havet"
PERSON = f"""
from halsonav.people.actions import create_user
create_user(by=None, email="{EMAIL}", display_name="Noor", password="grindar-och-gamla-skor")
"""
LINK = f"""
import re
from halsonav.messages.models import Message
for message in Message.objects.filter(to="{EMAIL}"):
    print(*re.findall(r"https?://[^/]+(/\\S+)", message.text))
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    with on_sqlite(tmp_path) as installation:
        installation.command("migrate")
        installation.python(PERSON)
        installation.serve()
        yield installation


def test_a_forgotten_password_is_chosen_anew_by_a_letters_link(
    browser: Browser, house: Installation
) -> None:
    phone = Visitor(browser, house.origin, 360, "light", "sv")
    phone.goes_to("/konto/login/")
    phone.page.get_by_role("link", name=re.compile("glömt")).click()
    phone.page.fill("[name=email]", EMAIL)
    phone.page.press("[name=email]", "Enter")
    phone.page.get_by_role("heading", name="Titta i din e-post").wait_for()

    phone.goes_to(house.python(LINK).split()[0])
    assert "account_reset_password_from_key" in phone.opened
    phone.finds_it_open_to_all()
    phone.page.fill("[name=password1]", NEW)
    phone.page.fill("[name=password2]", NEW)
    phone.page.press("[name=password2]", "Enter")
    phone.page.get_by_role("heading", level=1).wait_for()
    phone.finds_it_open_to_all()

    phone.signs_in(EMAIL, NEW)
    phone.leaves()
