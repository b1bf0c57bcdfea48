"""What is changed while a page is made is not shown half."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from halsonav.programme.finder import Finder, OutdatedError
from halsonav.website.answers import kept

pytestmark = pytest.mark.django_db


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/aktiviteter/", headers=headers)
    request.LANGUAGE_CODE = "sv"
    return request


def test_a_page_whose_rows_are_changed_just_then_is_made_once_more() -> None:
    finders: list[Finder] = []

    def make(finder: Finder) -> HttpResponse:
        finders.append(finder)
        if not finder.up_to_date:
            raise OutdatedError
        return HttpResponse("klart")

    response = kept(asked(), make)
    assert isinstance(response, HttpResponse)
    assert (response.status_code, response.content) == (200, b"klart")
    assert [finder.up_to_date for finder in finders] == [False, True]


def test_a_reader_who_has_the_page_as_it_is_gets_no_body() -> None:
    tag = kept(asked(), lambda finder: HttpResponse("klart")).headers["ETag"]
    known = kept(asked(if_none_match=tag), lambda finder: pytest.fail("made again"))
    assert known.status_code == 304
    assert known.headers["ETag"] == tag
    other = kept(asked(if_none_match=tag, accept="application/json"), lambda _: HttpResponse("{}"))
    assert other.status_code == 200
    assert other.headers["ETag"] != tag
