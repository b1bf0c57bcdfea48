"""Searches without a hit are counted for planning: without who, and never without end."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from halsonav.people.actions import forget_what_is_due
from halsonav.people.privacy.forgetting import rule_named
from halsonav.people.privacy.retention import Kept
from halsonav.programme.actions import missed_searches
from halsonav.programme.actions.missed_searches import note_missed_search, write_missed_searches
from halsonav.programme.models import MissedSearch

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def miss(text: str, day: date = DAY) -> None:
    note_missed_search(day=day, language="sv", text=text, filters="")


def kept() -> dict[str, int]:
    write_missed_searches()
    return dict(MissedSearch.objects.order_by("text").values_list("text", "times"))


def test_the_same_words_are_counted_together() -> None:
    miss("Simhopp")
    miss("simhopp ")
    assert kept() == {"simhopp": 2}
    miss("simhopp")
    assert kept() == {"simhopp": 3}


@pytest.mark.parametrize(
    "text",
    [
        "asta@exempel.se",
        "asta＠exempel.se",
        "asta " + "x" * 90 + " @",
        "19500101-0000",
        "yoga 070 12 34",
        "0 7 0 1 2 3",
        "١٢٣٤٥٦",
        "１２３４５６",
        "x" * 90 + " 123456",
    ],
)
def test_what_may_say_who_somebody_is_is_never_kept(text: str) -> None:
    miss(text)
    assert kept() == {}


@pytest.mark.parametrize("text", ["yoga 2026", "41314", "buss 16 kl 18"])
def test_a_few_figures_are_kept(text: str) -> None:
    miss(text)
    assert kept() == {text: 1}


def test_only_so_many_new_words_are_kept_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed_searches, "MOST_A_DAY", 3)
    for text in ("a", "b"):
        miss(text)
    assert len(kept()) == 2
    for text in ("a", "c", "d", "e"):
        miss(text)
    assert kept() == {"a": 2, "b": 1, "c": 1}
    miss("f", DAY + timedelta(days=1))
    assert "f" in kept()


def test_a_day_has_room_for_some_two_thousand() -> None:
    assert missed_searches.MOST_A_DAY == 2_000


def test_old_ones_are_forgotten_after_two_years() -> None:
    today = timezone.localdate()
    two_years_ago = today - relativedelta(years=2)
    for kept_for, day in (("two", two_years_ago), ("more", two_years_ago - timedelta(days=1))):
        MissedSearch.objects.create(day=day, language="sv", text=kept_for, times=1)
    forget_what_is_due()
    assert kept() == {"two": 1}


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("sv", "sparar vi i två år, men aldrig vem som sökte"),
        ("en", "are kept for two years, but never who searched"),
        ("ar", "لمدة سنتين، لكننا لا نحفظ أبدًا من الذي بحث"),
    ],
)
def test_the_privacy_page_says_what_is_kept_and_for_how_long(
    language: str, says: str, client: Client
) -> None:
    found = rule_named("programme.missed_search_old")
    assert found
    assert found[1].kept == Kept(years=2)
    with override(language):
        assert says in client.get(reverse("website:privacy")).text
