"""Which address leads to which room, in which language."""

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation


@pytest.mark.parametrize(
    ("language", "address"),
    [("sv", "/aktiviteter/"), ("en", "/en/activities/"), ("ar", "/ar/activities/")],
)
def test_the_finder_has_an_address_in_each_language(language: str, address: str) -> None:
    with translation.override(language):
        assert reverse("website:find") == address
        assert resolve(address).view_name == "website:find"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("desk:today", "/arbete/"),
        ("design:catalogue", "/komponenter/"),
    ],
)
def test_the_workspace_stands_outside_the_languages(name: str, address: str) -> None:
    with translation.override("en"):
        assert reverse(name) == address


@pytest.mark.parametrize(
    ("language", "address"),
    [("sv", "/konto/login/"), ("en", "/en/account/login/"), ("ar", "/ar/account/login/")],
)
def test_signing_in_has_an_address_in_each_language(language: str, address: str) -> None:
    with translation.override(language):
        assert reverse("account_login") == address
        assert resolve(address).view_name == "account_login"


@pytest.mark.django_db
def test_a_page_that_is_missing_helps_and_says_404() -> None:
    answer = Client().get("/finns-inte/")
    assert answer.status_code == 404
    assert b'<main id="main"' in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "language", "says"),
    [
        ("/", "sv", "Det gick inte att läsa det som skickades"),
        ("/arbete/", "sv", "Det gick inte att läsa det som skickades"),
        ("/en/activities/", "en", "What was sent could not be read"),
        ("/ar/activities/", "ar", "تعذّرت قراءة ما أُرسل"),
        ("*", "sv", "Det gick inte att läsa det som skickades"),
    ],
)
def test_a_request_that_cannot_be_read_is_answered_in_the_addresss_language(
    path: str, language: str, says: str
) -> None:
    client = Client(raise_request_exception=False)
    answer = client.request(PATH_INFO=path, HTTP_HOST="annan.exempel.se")
    assert answer.status_code == 400
    assert f'lang="{language}"' in answer.text
    assert says in answer.text
    assert "annan.exempel.se" not in answer.text


@pytest.mark.django_db
def test_a_form_with_too_many_fields_is_answered_plainly() -> None:
    form = {f"a{number}": "b" for number in range(2_000)}
    answer = Client(raise_request_exception=False).post("/en/account/login/", form)
    assert answer.status_code == 400
    assert "What was sent could not be read" in answer.text


@pytest.mark.django_db
def test_nobody_signs_up_by_themselves() -> None:
    answer = Client().post("/konto/signup/", {"email": "ny@exempel.se", "password1": "x" * 20})
    assert answer.status_code == 200
    assert "_auth_user_id" not in Client().session
