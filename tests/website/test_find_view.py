"""A typed place: what is near it, and what to write when nobody knows it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Final

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from halsonav.places.nearness import find_position
from halsonav.programme import finder
from tests.factories.places import PostcodeFactory
from tests.factories.programme import published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
POSTCODE: Final = re.compile(r"[0-9]{3}\s[0-9]{2}(?![0-9])")


@pytest.fixture(autouse=True)
def now(db: None) -> Iterator[None]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        published("Promenad", datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
        yield
    finder.forget()


def text(language: str, place: str) -> str:
    with override(language):
        address = reverse("website:find")
    page = Client().get(address, {"place": place}).content.decode()
    return unescape(re.sub("<svg.*?</svg>", "", page, flags=re.DOTALL))


def test_a_known_postcode_says_how_far_it_is() -> None:
    PostcodeFactory.create(code="83131")
    page = text("sv", "831 31")
    assert "Ungefär" in page
    assert "Vi hittar inte" not in page


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_postcode_that_is_proposed_is_one_that_is_known(language: str) -> None:
    PostcodeFactory.create(code="83131")
    page = text(language, "Atlantis")
    assert POSTCODE.findall(page) == ["831\u00a031"]
    assert find_position("831\u00a031")


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_where_no_postcode_is_known_none_is_proposed(language: str) -> None:
    page = text(language, "Atlantis")
    assert "Atlantis" in page
    assert POSTCODE.findall(page) == []
    if language == "sv":
        assert "Vi hittar inte ”Atlantis”. Skriv namnet på ett område." in page
