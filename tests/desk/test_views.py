"""Today: for staff, and only to look at."""

from collections.abc import Iterator

import pytest
from django.test import Client

from halsonav.design import panels
from halsonav.design.panels import Link, Panel, Row
from halsonav.people.models import User
from tests.factories.people import UserFactory


@pytest.fixture
def panel() -> Iterator[None]:
    """Register a panel that only names whom it is for."""
    before = dict(panels._builds)

    def build(user: User) -> Panel:
        row = Row("10.00", f"Promenad för {user}", "/arbete/promenad/", note="Gröna Vallen")
        return Panel("Mina tillfällen", [row], Link("/arbete/program/", "Visa alla"))

    panels.register(1, build)
    yield
    panels._builds.clear()
    panels._builds.update(before)


def test_staff_see_what_their_rooms_registered(panel: None, host: User, client: Client) -> None:
    client.force_login(host)
    page = client.get("/arbete/")
    assert page.status_code == 200
    assert "Mina tillfällen" in page.text
    assert "Promenad för Värden" in page.text
    assert 'href="/arbete/program/"' in page.text


def test_a_day_without_anything_says_so(host: User, client: Client) -> None:
    client.force_login(host)
    assert "Inget väntar på dig" in client.get("/arbete/").text


def test_today_is_in_the_menu_and_current(host: User, client: Client) -> None:
    client.force_login(host)
    assert '<a href="/arbete/" aria-current="page">I dag</a>' in client.get("/arbete/").text


def test_another_centres_staff_have_a_today_of_their_own(
    panel: None, outsider: User, client: Client
) -> None:
    client.force_login(outsider)
    page = client.get("/arbete/")
    assert page.status_code == 200
    assert "Promenad för Någon annanstans" in page.text


@pytest.mark.django_db
def test_somebody_without_an_account_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/arbete/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/konto/login/?next=/arbete/"


@pytest.mark.django_db
def test_somebody_without_a_role_may_not_and_is_told_what_to_do(client: Client) -> None:
    client.force_login(UserFactory.create())
    answer = client.get("/arbete/")
    assert answer.status_code == 403
    assert "Be den som gav dig din roll" in answer.text


def test_nothing_is_written_to_today(host: User, client: Client) -> None:
    client.force_login(host)
    assert client.post("/arbete/").status_code == 405


def test_the_page_is_kept_by_nobody(host: User, client: Client) -> None:
    client.force_login(host)
    assert "no-store" in client.get("/arbete/").headers["Cache-Control"]


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_with_a_way_on() -> None:
    answer = Client(enforce_csrf_checks=True).post("/konto/login/", {"login": "a@exempel.se"})
    assert answer.status_code == 403
    assert "ladda om sidan" in answer.text
    assert 'href="/konto/login/"' in answer.text
