"""People sign in by e-mail; nobody signs up by themselves."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from halsonav.people.sign_in import AccountAdapter
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("email", ["asta@exempel.se", "Asta@Exempel.SE"])
def test_the_right_password_signs_in(email: str, rf: RequestFactory) -> None:
    user = UserFactory.create(email="asta@exempel.se")
    assert authenticate(rf.post("/"), email=email, password=PASSWORD) == user


@pytest.mark.parametrize(("email", "password"), [("asta@exempel.se", "fel"), ("b@exempel.se", "x")])
def test_a_wrong_password_or_email_does_not(email: str, password: str, rf: RequestFactory) -> None:
    UserFactory.create(email="asta@exempel.se")
    assert authenticate(rf.post("/"), email=email, password=password) is None


def test_a_closed_account_does_not_sign_in(rf: RequestFactory) -> None:
    UserFactory.create(email="asta@exempel.se", is_active=False)
    assert authenticate(rf.post("/"), email="asta@exempel.se", password=PASSWORD) is None


def test_nobody_signs_up_by_themselves(rf: RequestFactory) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
