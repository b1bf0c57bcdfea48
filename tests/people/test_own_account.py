"""One's own account: where one is signed in, ended one by one or all at once."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halsonav.people.models import Role, Session, User
from tests.factories.people import PASSWORD, RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/arbete/installningar/konto/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def coach() -> User:
    return RoleAssignmentFactory.create(role=Role.COACH, user__display_name="Kim").user


def sign_in(user: User, user_agent: str) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def session_of(user: User, device: str) -> str:
    return Session.objects.get(user=user, device=device).pk


def test_it_shows_where_one_is_signed_in_and_what_one_may_do_where(coach: User) -> None:
    sign_in(coach, PHONE)
    page = sign_in(coach, DESK).get(PAGE).text
    shown = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))
    assert "Safari, iPhone" in shown
    assert "Firefox, Windows Den här enheten" in shown
    assert "Hälsocoach, Hälsocenter" in shown
    assert coach.email in shown
    assert page.count("/logga-ut/") == 1


def test_another_sign_in_is_ended_and_this_one_stays(coach: User) -> None:
    phone, desk = sign_in(coach, PHONE), sign_in(coach, DESK)
    address = reverse("people:end_one", args=[session_of(coach, "Safari, iPhone")])
    assert "Inloggningen är avslutad." in desk.post(address, follow=True).text
    assert phone.get(PAGE).status_code == 302
    assert desk.get(PAGE).status_code == 200
    assert desk.post(address).status_code == 404, "it is gone"


def test_all_others_are_ended_at_once(coach: User) -> None:
    others = [sign_in(coach, PHONE) for _ in range(3)]
    desk = sign_in(coach, DESK)
    assert "Du är utloggad" in desk.post(reverse("people:end_others"), follow=True).text
    assert all(one.get(PAGE).status_code == 302 for one in others)
    assert "Logga ut på alla andra enheter" not in desk.get(PAGE).text


def test_nobody_sees_or_ends_a_sign_in_of_somebody_else(coach: User) -> None:
    """Not a colleague, and not the manager who may do so on another page."""
    sign_in(coach, PHONE)
    session = session_of(coach, "Safari, iPhone")
    manager = RoleAssignmentFactory.create(role=Role.OPERATOR, centre=None).user
    for user in (manager, RoleAssignmentFactory.create(role=Role.COACH).user, UserFactory.create()):
        client = sign_in(user, DESK)
        other = client.post(reverse("people:end_one", args=[session]))
        missing = client.post(reverse("people:end_one", args=["0" * 64]))
        odd = client.post(reverse("people:end_one", args=["\x00"]))
        assert (other.status_code, missing.status_code, odd.status_code) == (404, 404, 404)
        assert session not in client.get(PAGE).text
    assert Session.objects.filter(pk=session).exists()


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    for path in (PAGE, reverse("people:end_others"), reverse("people:end_one", args=["x"])):
        answer = client.post(path) if "logga-ut" in path else client.get(path)
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_wrong_methods_are_refused(coach: User) -> None:
    client = sign_in(coach, DESK)
    assert client.post(PAGE).status_code == 405
    assert client.get(reverse("people:end_others")).status_code == 405
    assert client.get(reverse("people:end_one", args=["x"])).status_code == 405


def test_the_number_of_queries_is_the_same_however_many_sign_ins(coach: User) -> None:
    desk = sign_in(coach, DESK)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    for _ in range(5):
        sign_in(coach, PHONE)
    with CaptureQueriesContext(connection) as many:
        desk.get(PAGE)
    assert len(few) == len(many)
