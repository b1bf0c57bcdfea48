"""The catalogue's page: for staff and the demo only."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory
from pytest_django import Settings

from halsonav.design.views import catalogue


class Staff:
    is_staff = True


def test_the_demo_shows_it_to_anyone(client: Client, settings: Settings) -> None:
    settings.DEMO = True

    page = client.get("/komponenter/").content.decode()

    assert "Barnvagnspromenad" in page
    assert '<html lang="sv" dir="ltr"' in page


def test_arabic_turns_the_page(client: Client, settings: Settings) -> None:
    settings.DEMO = True

    page = client.get("/komponenter/?sprak=ar").content.decode()

    assert '<html lang="ar" dir="rtl"' in page


def test_an_unknown_language_is_swedish(client: Client, settings: Settings) -> None:
    settings.DEMO = True

    assert 'lang="sv"' in client.get("/komponenter/?sprak=../x").content.decode()


def test_outside_the_demo_a_visitor_finds_nothing(rf: RequestFactory) -> None:
    request = rf.get("/komponenter/")
    request.user = AnonymousUser()

    with pytest.raises(Http404):
        catalogue(request)


def test_outside_the_demo_staff_see_it(rf: RequestFactory) -> None:
    request = rf.get("/komponenter/")
    request.user = Staff()  # type: ignore[assignment]

    assert catalogue(request).status_code == 200
