"""Calendars are read back by another reader and say the same as the site."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from halsonav.lib.swedish_calendar import STOCKHOLM
from halsonav.people.models import User
from halsonav.programme import finder
from halsonav.programme.actions.activities import translate_activity, withdraw_activity
from halsonav.programme.actions.occurrences import cancel_occurrence, move_occurrence
from halsonav.programme.models import Activity, ActivityState, Occurrence, Reason
from halsonav.website import feeds
from tests.factories.places import VenueFactory
from tests.factories.programme import ActivityFactory, OccurrenceFactory, published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
SUMMER: Final = datetime(2026, 10, 24, 8, 0, tzinfo=UTC)
WINTER: Final = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        yield
    finder.forget()


@pytest.fixture
def activity(db: None) -> Activity:
    return published("Promenad, kaffe; och prat", SUMMER, WINTER, summary="Vi går långsamt.")


@pytest.fixture
def first(activity: Activity) -> Occurrence:
    return Occurrence.objects.filter(activity=activity).earliest("starts_at")


def address(occurrence: Occurrence, language: str = "sv") -> str:
    with override(language):
        return reverse(
            "website:occurrence_calendar", args=(occurrence.activity.slug, occurrence.pk)
        )


def events(path: str) -> list[Any]:
    response = Client().get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def event(occurrence: Occurrence, language: str = "sv") -> Any:
    [found] = events(address(occurrence, language))
    return found


def test_one_time_as_a_file(first: Occurrence) -> None:
    found = event(first)
    assert found["SUMMARY"] == "Promenad, kaffe; och prat"
    assert found["DESCRIPTION"] == "Vi går långsamt."
    assert found.decoded("DTSTART") == SUMMER
    assert found.decoded("DTEND") == SUMMER + timedelta(hours=1)
    assert first.activity.venue.name in found["LOCATION"]
    assert (found["STATUS"], found["SEQUENCE"]) == ("CONFIRMED", 0)
    assert found["URL"].startswith(settings.ORIGIN)
    assert Client().get(found["URL"].removeprefix(settings.ORIGIN)).status_code == 200
    response = Client().get(address(first))
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")


def test_ten_oclock_is_ten_oclock_before_and_after_the_clocks_change(activity: Activity) -> None:
    starts = [one.decoded("DTSTART").astimezone(STOCKHOLM) for one in events(
        "/aktiviteter/kalender.ics")]  # fmt: skip
    assert [start.date() for start in starts] == [date(2026, 10, 24), date(2026, 10, 31)]
    assert {(start.hour, start.minute) for start in starts} == {(10, 0)}
    assert len({start.utcoffset() for start in starts}) == 2


def test_a_cancelled_time_is_cancelled_in_the_calendar_too(
    first: Occurrence, coordinator: User
) -> None:
    before = event(first)
    cancel_occurrence(by=coordinator, occurrence=first, reason=Reason.WEATHER)
    after = event(first)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    in_feed = {one["UID"]: one["STATUS"] for one in events("/aktiviteter/kalender.ics")}
    assert sorted(in_feed.values()) == ["CANCELLED", "CONFIRMED"]
    assert in_feed[before["UID"]] == "CANCELLED"


def test_a_moved_time_moves_and_stays_the_same_event(first: Occurrence, coordinator: User) -> None:
    before, venue = event(first), VenueFactory.create(name="Andra lokalen")
    start = SUMMER + timedelta(hours=3)
    move_occurrence(by=coordinator, occurrence=first, start=start)
    move_occurrence(by=coordinator, occurrence=first, venue=venue)
    after = event(first)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == 2
    assert after.decoded("DTSTART") == start
    assert after.decoded("DTEND") == start + timedelta(hours=1)
    assert "Andra lokalen" in after["LOCATION"]
    assert after["STATUS"] == "CONFIRMED"


def test_each_event_has_its_own_name_that_the_file_and_the_feed_share(
    activity: Activity, first: Occurrence
) -> None:
    uids = [one["UID"] for one in events("/aktiviteter/kalender.ics")]
    assert len(set(uids)) == 2
    assert event(first)["UID"] == event(first, "ar")["UID"] == uids[0]


def test_the_title_is_in_the_readers_language(first: Occurrence, coordinator: User) -> None:
    translate_activity(
        by=coordinator, activity=first.activity, language="ar", texts={"title": "نزهة في الحديقة"}
    )
    found = event(first, "ar")
    assert found["SUMMARY"] == "نزهة في الحديقة"
    assert found["SUMMARY"].params["LANGUAGE"] == "ar"


def test_a_title_without_a_translation_says_that_it_is_swedish(first: Occurrence) -> None:
    found = event(first, "ar")
    assert found["SUMMARY"] == "Promenad, kaffe; och prat"
    assert found["SUMMARY"].params["LANGUAGE"] == "sv"


def test_a_feed_holds_what_its_search_finds(activity: Activity) -> None:
    published("Yoga", SUMMER)
    assert len(events("/aktiviteter/kalender.ics")) == 3
    assert [one["SUMMARY"] for one in events("/aktiviteter/kalender.ics?q=yoga")] == ["Yoga"]
    assert len(events("/aktiviteter/kalender.ics?day=2026-10-31")) == 1
    assert events("/aktiviteter/kalender.ics?day=2031-01-01") == []


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("sv", "Kalendern visar de 2 tillfällen som kommer närmast."),
        ("en", "The calendar shows the 2 events that come next."),
        ("ar", "يعرض هذا التقويم أقرب 2 من المواعيد."),
    ],
)
def test_a_feed_that_does_not_hold_everything_says_so(
    activity: Activity, monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    published("Yoga", SUMMER + timedelta(days=90))
    with override(language):
        path = reverse("website:search_calendar")
    calendar = Calendar.from_ical(Client().get(path).content)
    assert str(calendar["X-WR-CALDESC"]).startswith(says)
    starts = [one.decoded("DTSTART") for one in calendar.walk("VEVENT")]
    assert starts == [SUMMER, WINTER], "the next ones are kept"


def test_a_feed_that_holds_everything_has_nothing_to_say(
    activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST", 2)
    response = Client().get("/aktiviteter/kalender.ics")
    assert b"X-WR-CALDESC" not in response.content
    assert response.content.count(b"BEGIN:VEVENT") == 2


def test_a_feed_may_be_kept_and_is_not_sent_twice(activity: Activity) -> None:
    response = Client().get("/aktiviteter/kalender.ics")
    tag = response.headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=60"
    known = Client().get("/aktiviteter/kalender.ics", headers={"if-none-match": tag})
    assert known.status_code == 304


def test_other_addresses_have_no_calendar(first: Occurrence) -> None:
    draft = ActivityFactory.create(state=ActivityState.DRAFT)
    hidden = OccurrenceFactory.create(activity=draft, slot=SUMMER)
    other = published("Yoga", SUMMER)
    slug = first.activity.slug
    for path in (
        f"/aktiviteter/{slug}/999999.ics",
        f"/aktiviteter/{other.slug}/{first.pk}.ics",
        f"/aktiviteter/finns-inte/{first.pk}.ics",
        f"/aktiviteter/{draft.slug}/{hidden.pk}.ics",
        f"/aktiviteter/{slug}/99999999999999999999999999.ics",
    ):
        assert Client().get(path).status_code == 404, path


def test_a_withdrawn_activity_leaves_feed_and_file(first: Occurrence, coordinator: User) -> None:
    path = address(first)
    withdraw_activity(by=coordinator, activity=first.activity)
    assert Client().get(path).status_code == 404
    assert events("/aktiviteter/kalender.ics") == []


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_calendar_is_only_read(first: Occurrence, method: str) -> None:
    for path in (address(first), "/aktiviteter/kalender.ics"):
        assert getattr(Client(), method)(path).status_code == 405
