"""A resident asks what is stored of their address: one answer for all, a letter, a page, once."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import Settings

from halsonav.messages.actions import queue_message
from halsonav.messages.models import Message
from halsonav.people.actions import answer_data_requests
from halsonav.people.models import DataRequest, JournalEntry, Tombstone, User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ASK = "/dina-uppgifter/fraga/"
ERASE = f"{ASK}radera/"
ADDRESS = "asta@exempel.se"


@pytest.fixture(autouse=True)
def swedish_afterwards() -> Iterator[None]:
    """Let no language that an address spoke stay for the next test."""
    yield
    translation.activate("sv")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "halsonav.messages.backend.OutboxBackend"


@pytest.fixture
def letter() -> None:
    queue_message(to=ADDRESS, subject="Du har en plats", text="Vi ses.")


def link_to(address: str = ADDRESS, ask: str = ASK) -> str:
    """Ask, let the worker answer, and return the path of the letter's link."""
    Client().post(ask, {"email": address})
    answer_data_requests()
    text = Message.objects.filter(to=address).latest("pk").text
    found = re.search(r"https?://[^/]+(/\S+)", text)
    assert found, text
    return found[1]


def token_in(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_one_sees_what_is_stored_and_has_it_erased(letter: None, client: Client) -> None:
    path = link_to()
    assert "Visa vad som är sparat" in client.get(path).text
    page = client.post(path)
    assert "Du har en plats" in page.text
    assert ADDRESS in page.text
    after = client.post(ERASE, {"token": token_in(page.text)})
    assert "Det är borttaget" in after.text
    assert not Message.objects.filter(to=ADDRESS).exists()
    assert not DataRequest.objects.exists()
    assert Tombstone.objects.count() == 1


def test_no_cookie_is_set_nothing_is_kept_and_no_address_is_told_further(
    letter: None, client: Client
) -> None:
    path = link_to()
    answers = [client.get(ASK), client.post(ASK, {"email": "x"}), client.get(path)]
    answers.append(client.post(path))
    answers.append(client.post(ERASE, {"token": token_in(answers[-1].text)}))
    for answer in answers:
        assert not answer.cookies
        assert not client.cookies
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_answer_is_the_same_whatever_is_stored(letter: None, coordinator: User) -> None:
    answers = {
        Client().post(ASK, {"email": address}).content
        for address in (ADDRESS, "ingen@exempel.se", coordinator.email)
    }
    assert len(answers) == 1
    assert DataRequest.objects.count() == 3
    assert answer_data_requests() == 3
    assert Message.objects.filter(to="ingen@exempel.se").count() == 0
    assert Message.objects.filter(to=ADDRESS).count() == 2
    assert DataRequest.objects.count() == 1, "what nothing is stored of is not stored either"


def test_one_line_tells_that_it_was_shown(letter: None, client: Client) -> None:
    path = link_to()
    assert not JournalEntry.objects.readings().exists()
    client.get(path)
    assert not JournalEntry.objects.readings().exists()
    client.post(path)
    [line] = JournalEntry.objects.readings()
    assert line.why == "own_data:link"
    assert "outbox.Message.to" in line.fields
    assert ADDRESS not in str(list(JournalEntry.objects.values()))


def test_the_link_opens_once_and_for_a_day(letter: None, client: Client) -> None:
    path = link_to()
    assert client.post(path).status_code == 200
    again = client.post(path)
    assert again.status_code == 404
    assert "Du har en plats" not in again.text
    fresh = link_to()
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert client.post(fresh).status_code == 404
    assert client.post(f"{ASK}lank/finns-inte/").status_code == 404


def test_the_page_erases_for_an_hour_and_nobody_elses(letter: None, client: Client) -> None:
    page = client.post(link_to())
    for token in ("", "fel", "x" * 1000):
        assert client.post(ERASE, {"token": token}).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert client.post(ERASE, {"token": token_in(page.text)}).status_code == 404
    assert Message.objects.filter(to=ADDRESS).exists()


def test_links_are_kept_as_hashes(letter: None, client: Client) -> None:
    path = link_to()
    page = client.post(path)
    kept = str(list(DataRequest.objects.values()))
    assert path.rstrip("/").rpartition("/")[2] not in kept
    assert token_in(page.text) not in kept


def test_a_form_from_another_site_is_refused(letter: None) -> None:
    path = link_to()
    for where in (ASK, path, ERASE):
        for headers in ({"origin": "https://ond.exempel"}, {"sec-fetch-site": "cross-site"}):
            assert Client().post(where, headers=headers).status_code == 403
    assert (
        Client().post(ASK, {"email": "x"}, headers={"origin": "http://testserver"}).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("", 403), ("same-origin", 200)]
)
def test_a_form_in_a_frame_of_another_site_asks_nothing(site: str, status: int) -> None:
    headers = {"origin": "null"} | ({"sec-fetch-site": site} if site else {})
    assert Client().post(ASK, {"email": ADDRESS}, headers=headers).status_code == status


def test_a_strangers_questions_do_not_lock_somebody_out_of_a_new_password(
    coordinator: User,
) -> None:
    for _ in range(4):
        Client().post(ASK, {"email": coordinator.email})
    answer_data_requests()
    Message.objects.all().delete()
    Client().post(reverse("account_reset_password"), {"email": coordinator.email})
    assert Message.objects.filter(to=coordinator.email).exists()


@pytest.mark.parametrize(
    ("near", "real"),
    [
        ("info@kommun-vıt.exempel.se", "info@kommun-vit.exempel.se"),
        ("asta@kommunenſ.exempel.se", "asta@kommunens.exempel.se"),
    ],
)
def test_a_letter_about_an_address_goes_to_that_address_alone(near: str, real: str) -> None:
    queue_message(to=real.capitalize(), subject="Du har en plats", text="Vi ses.")
    UserFactory.create(email=real)
    for address in (near, real):
        Client().post(ASK, {"email": address})
    answer_data_requests()
    assert not Message.objects.filter(to=near).exists()
    assert Message.objects.filter(to=real).exists()


def test_many_questions_from_one_place_are_refused_and_about_one_address_unanswered() -> None:
    for _ in range(4):
        Client().post(ASK, {"email": ADDRESS})
    assert DataRequest.objects.count() == 3
    for number in range(20):
        last = Client().post(ASK, {"email": f"nr{number}@exempel.se"})
    assert "Det blev för många försök." in last.text
    assert DataRequest.objects.count() < 21


@pytest.mark.parametrize(
    "sent",
    ["", "asta", "a" * 300 + "@exempel.se", "a@exempel.se\r\nBcc: c", "\x00@exempel.se"],
)
def test_what_is_no_address_is_told(sent: str, client: Client) -> None:
    answer = client.post(ASK, {"email": sent})
    assert answer.status_code == 200
    assert "wrong" in answer.text
    assert not DataRequest.objects.exists()


def test_who_has_an_account_is_told_to_sign_in_and_keeps_it(
    coordinator: User, letter: None, client: Client
) -> None:
    queue_message(to=coordinator.email, subject="Hej", text="Hej")
    page = client.post(link_to(coordinator.email))
    assert "Du har också ett konto hos oss." in page.text
    assert coordinator.display_name not in page.text
    client.post(ERASE, {"token": token_in(page.text)})
    assert User.objects.filter(pk=coordinator.pk).exists()


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        ("/en/your-data/ask/", "What do we store about you?"),
        ("/ar/your-data/ask/", "ماذا نحفظ عنك؟"),
    ],
)
def test_it_speaks_each_language_in_the_letter_too(
    ask: str, says: str, letter: None, client: Client
) -> None:
    assert says in client.get(ask).text
    path = link_to(ask=ask)
    assert path.startswith(ask[:4])
    assert "Du har en plats" in client.post(path).text


def test_wrong_methods_are_refused(client: Client) -> None:
    assert client.get(ERASE).status_code == 405
    assert client.put(ASK).status_code == 405
