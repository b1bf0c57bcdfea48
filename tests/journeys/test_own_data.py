"""A resident asks what is stored of their address, gets it by letter, and has it erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.drills.installation import Installation, on_sqlite
from tests.journeys.conftest import Visitor

ADDRESS = "asta@exempel.se"
LETTER = f"""
from halsonav.messages.actions import queue_message
queue_message(to="{ADDRESS}", subject="Du har en plats", text="Vi ses på tisdag.")
"""
LINK = f"""
import re
from halsonav.messages.models import Message
for message in Message.objects.filter(to="{ADDRESS}", text__gt=""):
    print(*re.findall(r"https?://\\S+lank\\S+", message.text))
"""
ANSWER = """
from halsonav.people.actions import answer_data_requests
answer_data_requests()
"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """Give an installation that serves and where a letter waits."""
    with on_sqlite(tmp_path) as installation:
        installation.command("migrate")
        installation.python(LETTER)
        installation.serve()
        yield installation


@pytest.mark.parametrize("width", [360, 1280], ids=["phone", "computer"])
def test_a_resident_asks_what_is_stored_and_gets_it(
    browser: Browser, house: Installation, width: int
) -> None:
    resident = Visitor(browser, house.origin, width, "light", "sv")
    page = resident.page
    resident.goes_to("/dina-uppgifter/")
    page.get_by_role("link", name="Fråga vad vi har sparat om dig").click()
    page.get_by_role("textbox", name="Din e-postadress").fill(ADDRESS)
    page.get_by_role("button", name="Skicka mig ett brev").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Titta i din e-post")

    house.python(ANSWER)
    page.goto(house.python(LINK).split()[-1])
    page.get_by_role("button", name="Visa vad som är sparat").click()
    expect(page.get_by_text("Du har en plats")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Ta bort allt ovan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det är borttaget")
    assert "own_data:link" in resident.opened
    assert resident.context.cookies() == []
    assert house.query("SELECT count(*) FROM outbox_message") == [(0,)]
    resident.leaves()
