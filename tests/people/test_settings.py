"""The first page of the settings, and the language that the workspace speaks."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from halsonav.people.models import JournalEntry, User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/arbete/installningar/"
LANGUAGE = "/arbete/installningar/konto/sprak/"


def entries(client: Client) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)">', client.get(PAGE).text)


def test_who_has_no_role_reaches_their_own_account_alone(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert entries(client) == [reverse("people:account"), reverse("people:stored")]


def test_each_entry_says_what_it_is_and_leads_where_one_may_go(
    operator: User, client: Client
) -> None:
    client.force_login(operator)
    for href in entries(client):
        assert client.get(href).status_code == 200, href
    assert "Hur du loggar in, var du är inloggad och ditt språk." in client.get(PAGE).text


def test_settings_stand_in_the_menu(host: User, client: Client) -> None:
    client.force_login(host)
    current = f'<a href="{PAGE}" aria-current="page">Inställningar</a>'
    assert current in client.get(reverse("people:account")).text


def test_the_workspace_speaks_the_language_that_one_has_chosen(host: User, client: Client) -> None:
    client.force_login(host)
    assert '<html lang="sv" dir="ltr"' in client.get(PAGE).text
    answer = client.post(LANGUAGE, {"language": "ar"}, follow=True)
    assert "تم تغيير اللغة." in answer.text
    assert '<html lang="ar" dir="rtl"' in answer.text
    assert answer.headers["Content-Language"] == "ar"
    assert JournalEntry.objects.get(verb="choose_language").fields == ["language"]
    missing = client.get("/arbete/finns-inte/")
    assert missing.status_code == 404
    assert missing.headers["Content-Language"] == "ar"


def test_the_public_site_keeps_the_language_of_its_address(host: User, client: Client) -> None:
    host.language = "ar"
    host.save()
    client.force_login(host)
    assert client.get("/komponenter/").headers["Content-Language"] == "sv"
    assert client.get("/en/").headers["Content-Language"] == "en"


def test_a_language_that_is_none_of_ours_is_refused_and_changes_nothing(
    host: User, client: Client
) -> None:
    client.force_login(host)
    for sent in ({"language": "xx"}, {"language": "a\x00"}, {}, {"language": "a" * 1_000_000}):
        answer = client.post(LANGUAGE, sent)
        assert answer.status_code == 200
        assert "Välj ett språk." in answer.text
    host.refresh_from_db()
    assert host.language == "sv"


def test_an_account_with_a_language_that_has_gone_is_spoken_to_in_swedish(
    host: User, client: Client
) -> None:
    host.language = "fi"
    host.save()
    client.force_login(host)
    assert client.get(PAGE).headers["Content-Language"] == "sv"


def test_wrong_methods_are_refused_and_strangers_asked_to_sign_in(
    host: User, client: Client
) -> None:
    assert client.get(PAGE).headers["Location"].startswith(reverse("account_login"))
    assert client.get(LANGUAGE).headers["Location"].startswith(reverse("account_login"))
    client.force_login(host)
    assert client.post(PAGE).status_code == 405
    assert client.delete(LANGUAGE).status_code == 405
    assert client.head(PAGE).status_code == 200
