"""The same address answers JSON to those who ask for it, whole and row by row."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from halsonav.people.models import User
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import cancel_occurrence
from halsonav.programme.models import Occurrence, Reason
from tests.factories.programme import published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
FIRST: Final = datetime(2026, 10, 21, 8, 0, tzinfo=UTC)
JSON: Final = {"accept": "application/json"}
EACH: Final = 9
KEYS: Final = {"title", "start", "end", "url", "venue", "area", "language"}


@pytest.fixture(autouse=True)
def programme(db: None) -> Iterator[None]:
    """Five activities with nine days each, over the night when clocks go back."""
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        for number in range(5):
            times = [FIRST + timedelta(days=day, minutes=number // 2) for day in range(EACH)]
            published(f"Promenad {number}", *times, languages=["sv", "en"])
        yield
    finder.forget()


def ask(address: str, **headers: str) -> Any:
    return Client().get(address, headers=JSON | headers)


def pages(address: str) -> Iterator[dict[str, Any]]:
    following: str | None = settings.ORIGIN + address
    while following:
        body = ask(following.removeprefix(settings.ORIGIN)).json()
        yield body
        following = body["next"]


def test_a_row_says_what_where_when_and_in_which_languages() -> None:
    response = ask("/aktiviteter/")
    body = response.json()
    assert response.headers["Content-Type"] == "application/json"
    assert {"results", "next", "total"} <= body.keys()
    assert body["total"] == 5 * EACH
    row = body["results"][0]
    assert row.keys() >= KEYS
    assert row["title"] == "Promenad 0"
    assert row["start"] == "2026-10-21T10:00:00+02:00"
    assert row["end"] == "2026-10-21T11:00:00+02:00"
    assert row["language"] == ["sv", "en"]
    occurrence = Occurrence.objects.select_related("activity__venue__area").get(pk=row["id"])
    assert row["venue"] == occurrence.activity.venue.name
    assert row["area"] == occurrence.activity.venue.area.name


def test_times_carry_the_offset_of_their_day() -> None:
    rows = [row for page in pages("/aktiviteter/") for row in page["results"]]
    for row in rows:
        start, end = (datetime.fromisoformat(row[name]) for name in ("start", "end"))
        summer = start.date() < datetime(2026, 10, 25).date()  # noqa: DTZ001
        assert start.utcoffset() == timedelta(hours=2 if summer else 1)
        assert end > start
        assert Occurrence.objects.get(pk=row["id"]).starts_at == start


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("", 45),
        ("?by=activity", 5),
        ("?q=promenad", 5),
        ("?q=promenad&by=time&sort=time", 45),
        ("?q=promenad&by=time&sort=fit", 45),
        ("?near=57.7,11.97&by=time", 45),
        ("?near=57.7,11.97&by=activity", 5),
        ("?view=map", 45),
        ("?view=week", 25),
        ("?view=week&week=2026-W44", 20),
        ("?day=2026-10-25", 5),
        ("?day=2031-01-01", 0),
    ],
)
def test_following_next_gives_every_row_once(query: str, total: int) -> None:
    found = list(pages(f"/aktiviteter/{query}"))
    ids = [row["id"] for page in found for row in page["results"]]
    assert {page["total"] for page in found} == {total}
    assert len(ids) == len(set(ids)) == total


def test_rows_stay_in_order_of_time_over_pages() -> None:
    rows = [row for page in pages("/aktiviteter/") for row in page["results"]]
    moments = [datetime.fromisoformat(row["start"]) for row in rows]
    assert moments == sorted(moments)


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_a_rows_address_answers_in_its_language(language: str) -> None:
    start = {"sv": "/aktiviteter/", "en": "/en/activities/"}.get(language)
    with override(language):
        from_root = start or Client().get("/ar/").context["find"]
        row = ask(from_root).json()["results"][0]
    response = Client().get(row["url"].removeprefix(settings.ORIGIN))
    assert row["url"].startswith(settings.ORIGIN)
    assert (response.status_code, response.headers["Content-Language"]) == (200, language)
    assert ask(row["url"].removeprefix(settings.ORIGIN)).status_code == 200


@pytest.mark.parametrize(
    "accept", ["text/html", "text/html,application/json;q=0.5", "*/*", "", "image/png"]
)
def test_others_get_the_page(accept: str) -> None:
    response = Client().get("/aktiviteter/", headers={"accept": accept})
    assert response.headers["Content-Type"].startswith("text/html")
    assert "Accept" in response.headers["Vary"]


def test_both_kinds_say_that_they_differ_and_may_be_kept() -> None:
    html, data = Client().get("/aktiviteter/"), ask("/aktiviteter/")
    for response in (html, data):
        assert "Accept" in response.headers["Vary"]
        assert response.headers["Cache-Control"] == "public, max-age=60"
    assert html.headers["ETag"] != data.headers["ETag"]


def test_what_is_known_is_not_sent_again_until_something_changes(coordinator: User) -> None:
    tag = ask("/aktiviteter/").headers["ETag"]
    known = ask("/aktiviteter/", **{"if-none-match": tag})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["ETag"] == tag
    assert Client().get("/aktiviteter/", headers={"if-none-match": tag}).status_code == 200
    assert ask("/aktiviteter/?q=a", **{"if-none-match": tag}).status_code == 200
    occurrence = Occurrence.objects.earliest("starts_at")
    cancel_occurrence(by=coordinator, occurrence=occurrence, reason=Reason.WEATHER)
    assert ask("/aktiviteter/", **{"if-none-match": tag}).status_code == 200


def test_a_tag_grows_old_when_something_is_over() -> None:
    tag = ask("/aktiviteter/").headers["ETag"]
    with time_machine.travel(FIRST + timedelta(hours=2), tick=False):
        later = ask("/aktiviteter/", **{"if-none-match": tag})
    assert later.status_code == 200
    assert later.json()["total"] == 5 * (EACH - 1)


def test_what_could_not_be_understood_is_told_in_notes() -> None:
    body = ask("/aktiviteter/?day=never&area=atlantis").json()
    said = "Vi känner inte igen ditt val av område, så vi har tagit bort det."
    assert body["notes"] == [said, "Den dagen finns inte. Vi visar alla dagar."]
    assert body["total"] == 45


def test_late_on_a_sunday_the_week_is_the_next_for_both_kinds_of_readers() -> None:
    sunday_night = datetime(2026, 10, 25, 22, 0, tzinfo=UTC)
    with time_machine.travel(sunday_night, tick=False):
        body = ask("/aktiviteter/?view=week").json()
        page = Client().get("/aktiviteter/?view=week")
        asked = ask("/aktiviteter/?view=week&week=2026-W43").json()
        nothing = Client().get("/aktiviteter/?view=week&q=xyzzyq")
    assert body["total"] == 20
    assert "20 tillfällen" in page.content.decode()
    assert "<h2>Vecka 44, " in page.content.decode()
    assert asked["total"] == 0
    assert "<h2>Vecka 43, " in nothing.content.decode()


def test_odd_titles_stay_json() -> None:
    title = 'Sväng "höger" \\ </script> \u2028'
    published(title, FIRST - timedelta(minutes=30))
    assert ask("/aktiviteter/").json()["results"][0]["title"] == title


@pytest.mark.parametrize("view", ["", "&view=week", "&view=map"])
def test_words_that_tell_when_are_said_and_can_be_searched_as_words(view: str) -> None:
    page = Client().get(f"/aktiviteter/?q=promenad+på+förmiddagen{view}").content.decode()
    assert "Vi läste ”förmiddagen” som ”Dagtid, före kl. 17”." in page
    assert "q=promenad+p%C3%A5+f%C3%B6rmiddagen" in page
    assert "exact=1" in page
    as_words = Client().get(f"/aktiviteter/?q=promenad+på+förmiddagen&exact=1{view}")
    assert "Vi läste" not in as_words.content.decode()
