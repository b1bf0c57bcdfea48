"""Where the database cannot write, nobody is told that the request was at fault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

import pytest
from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from halsonav.people.models import User
from halsonav.website.views import bad_request
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
SAYS: Final = {"sv": "Något gick fel hos oss", "en": "Something went wrong on our side"}
FULL: Final = "database or disk is full"


@pytest.fixture
def user(coordinator: User) -> User:
    cache.clear()  # nobody is asked to wait here
    return coordinator


@contextmanager
def full_disk(*verbs: str) -> Iterator[None]:
    """Let the sessions' table refuse what begins with the verbs, as a full disk does."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    table = connection.ops.quote_name(store.get_model_class()._meta.db_table)

    def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(verbs) and table in sql:
            raise OperationalError(FULL)
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def sign_in(client: Client, user: User, language: str = "sv") -> Any:
    with override(language):
        path = reverse("account_login")
    return client.post(path, {"login": user.email, "password": PASSWORD})


@pytest.mark.parametrize("verbs", [("UPDATE",), ("INSERT",), ("INSERT", "UPDATE")])
@pytest.mark.parametrize("language", SAYS)
def test_a_full_disk_at_sign_in_is_said_to_be_our_failure(
    user: User, language: str, verbs: tuple[str, ...]
) -> None:
    client = Client(raise_request_exception=False)
    with full_disk(*verbs):
        answer = sign_in(client, user, language)
    page = answer.content.decode()
    assert answer.status_code == 500
    assert SAYS[language] in page
    assert FULL not in page
    assert settings.SESSION_COOKIE_NAME not in answer.cookies, "what is not kept is not confirmed"


def test_once_there_is_room_the_same_person_comes_in(user: User) -> None:
    client = Client(raise_request_exception=False)
    with full_disk("UPDATE"):
        assert sign_in(client, user).status_code == 500
    assert sign_in(client, user).status_code == 302
    assert client.get(settings.LOGIN_REDIRECT_URL).status_code == 200


def test_a_session_that_somebody_ended_meanwhile_is_no_failure_of_ours() -> None:
    request = RequestFactory().post("/konto/login/")
    assert bad_request(request, SessionInterrupted("ended")).status_code == 400
    assert bad_request(request).status_code == 400
