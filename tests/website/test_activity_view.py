"""An activity's page sends people to where the shown time is held, also when that is elsewhere."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
import time_machine
from django.test import Client

from halsonav.people.models import User
from halsonav.places.models import Venue, VenueFactKind, VenueKind
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import cancel_occurrence, move_occurrence
from halsonav.programme.models import Activity, Occurrence, Reason
from tests.factories.places import AreaFactory, VenueFactFactory, VenueFactory
from tests.factories.programme import published

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FIRST: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

MEADOW: Final = (
    "Ängen", "Buss till Ängen.", "Ängsgatan 1, 411 01", "Ängdalen", "57.61,11.91", "Vid lekplatsen",
    "Gå till lekplatsen.", "Ängens väg är jämn.", "Toaletten ligger vid lekplatsen.",
)  # fmt: skip
"""What the page says of the activity's own place."""
GARDEN: Final = (
    "Trädgården", "Spårvagn till Trädgården.", "Trädgårdsgatan 2, 412 02", "Trädgårdsdalen",
    "57.62,11.92", "Vi ses vid stora porten.", "Trädgårdens hörslinga är ny.",
)  # fmt: skip
"""What it says of the other."""


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        yield
    finder.forget()


@pytest.fixture
def garden(db: None) -> Venue:
    made = VenueFactory.create(
        name="Trädgården",
        area=AreaFactory.create(name="Trädgårdsdalen", slug="tradgardsdalen"),
        address="Trädgårdsgatan 2",
        postcode="41202",
        lat=57.62,
        lon=11.92,
        transport={"sv": "Spårvagn till Trädgården."},
        directions={"sv": "Vi ses vid stora porten."},
    )
    VenueFactFactory.create(
        venue=made, kind=VenueFactKind.HEARING_LOOP, note={"sv": "Trädgårdens hörslinga är ny."}
    )
    return made


@pytest.fixture
def walk(db: None) -> Activity:
    meadow = VenueFactory.create(
        name="Ängen",
        area=AreaFactory.create(name="Ängdalen", slug="angdalen"),
        address="Ängsgatan 1",
        postcode="41101",
        lat=57.61,
        lon=11.91,
        transport={"sv": "Buss till Ängen."},
        directions={"sv": "Ängen ligger bakom skolan."},
    )
    VenueFactFactory.create(
        venue=meadow, kind=VenueFactKind.WHEELCHAIR, note={"sv": "Ängens väg är jämn."}
    )
    return published(
        "Promenad",
        *(FIRST + timedelta(days=7 * week) for week in range(3)),
        venue=meadow,
        meeting_point="Vid lekplatsen",
        steps=["Gå till lekplatsen."],
        know=[
            {"icon": "people", "claim": "För alla", "sentence": "Kom som du är."},
            {
                "icon": "toilet",
                "claim": "Toalett",
                "sentence": "Toaletten ligger vid lekplatsen.",
            },
        ],
    )


@pytest.fixture
def moved(walk: Activity, garden: Venue, coordinator: User) -> Occurrence:
    second = Occurrence.objects.filter(activity=walk).order_by("starts_at")[1]
    move_occurrence(by=coordinator, occurrence=second, venue=garden)
    return second


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def page_of(occurrence: Occurrence) -> str:
    """Return the page without what it says of other dates."""
    page = text(f"/aktiviteter/{occurrence.activity.slug}/{occurrence.pk}/")
    return re.sub(r'<ol class="dates">.*?</ol>', "", page, flags=re.DOTALL)


def seen(page: str) -> str:
    return re.sub(r"<script type=.application/ld.json.*?</script>", "", page, flags=re.DOTALL)


def events_of(page: str) -> list[dict[str, Any]]:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    events: list[dict[str, Any]] = json.loads(found)["@graph"]
    return events


# What people are told ------------------------------------------------------------------------


def test_a_time_that_is_held_elsewhere_sends_people_there(moved: Occurrence) -> None:
    page = seen(page_of(moved))
    assert [said for said in GARDEN if said not in page] == []
    assert [said for said in MEADOW if said in page] == []
    assert "area=tradgardsdalen" in page
    assert "area=angdalen" not in page
    assert 'href="/omraden/tradgardsdalen/"' in page
    assert "Kom som du är." in page


def test_the_other_times_still_send_people_to_the_activitys_own_place(
    walk: Activity, moved: Occurrence
) -> None:
    for path in (f"/aktiviteter/{walk.slug}/", f"/aktiviteter/{walk.slug}/{moved.pk - 1}/"):
        page = seen(re.sub(r'<ol class="dates">.*?</ol>', "", text(path), flags=re.DOTALL))
        assert [said for said in MEADOW if said not in page] == []
        assert [said for said in GARDEN if said in page] == []


def test_a_moved_time_that_is_next_is_what_the_activitys_page_tells(
    walk: Activity, moved: Occurrence
) -> None:
    with time_machine.travel(FIRST + timedelta(days=2), tick=False):
        page = text(f"/aktiviteter/{walk.slug}/")
    assert "Spårvagn till Trädgården." in page
    assert "Buss till Ängen." not in page


def test_among_other_dates_one_elsewhere_says_where(walk: Activity, moved: Occurrence) -> None:
    [dates] = re.findall(
        r'<ol class="dates">.*?</ol>', text(f"/aktiviteter/{walk.slug}/"), re.DOTALL
    )
    assert "Ny plats" in dates
    assert "Trädgården" in dates
    assert "Ängen" not in dates
    [dates] = re.findall(
        r'<ol class="dates">.*?</ol>',
        text(f"/aktiviteter/{walk.slug}/{moved.pk}/"),
        re.DOTALL,
    )
    assert "Ängen" in dates


def test_a_place_without_a_position_or_an_address_borrows_neither(
    moved: Occurrence, garden: Venue
) -> None:
    Venue.objects.filter(pk=garden.pk).update(lat=None, lon=None, address="", postcode="")
    finder.rebuild()
    page = page_of(moved)
    assert "geo:" not in page
    assert "Ängsgatan" not in seen(page)
    assert "<span></span>" not in page
    [event] = [one for one in events_of(page) if f"/{moved.pk}/" in one["url"]]
    assert "geo" not in event["location"]


def test_an_activity_moved_to_its_own_place_is_at_home(walk: Activity, coordinator: User) -> None:
    first = Occurrence.objects.filter(activity=walk).earliest("starts_at")
    move_occurrence(
        by=coordinator, occurrence=first, start=FIRST + timedelta(hours=1), venue=walk.venue
    )
    page = page_of(first)
    assert [said for said in MEADOW if said not in page] == []


# What lists and machines are told ------------------------------------------------------------


def test_lists_narrow_by_where_the_time_is_held(moved: Occurrence) -> None:
    def found(query: str) -> list[int]:
        body = Client().get(f"/aktiviteter/?{query}", headers={"accept": "application/json"}).json()
        return [row["id"] for row in body["results"]]

    assert found("area=tradgardsdalen") == [moved.pk]
    assert found("access=hearing_loop") == [moved.pk]
    assert moved.pk not in found("area=angdalen")
    assert moved.pk not in found("access=wheelchair")


def test_machines_read_where_each_time_is_held(walk: Activity, moved: Occurrence) -> None:
    first, second, third = events_of(text(f"/aktiviteter/{walk.slug}/"))
    assert second["location"] == {
        "@type": "Place",
        "name": "Trädgården",
        "address": "Trädgårdsgatan 2, 412 02",
        "geo": {"@type": "GeoCoordinates", "latitude": 57.62, "longitude": 11.92},
    }
    for other in (first, third):
        assert other["location"]["name"] == "Ängen"
        assert other["location"]["address"] == "Ängsgatan 1, 411 01"
        assert other["location"]["geo"]["latitude"] == 57.61


def test_machines_read_whether_one_comes_in_person_or_over_the_net(
    walk: Activity, moved: Occurrence, garden: Venue
) -> None:
    nowhere = {"lat": None, "lon": None, "address": "", "postcode": ""}
    Venue.objects.filter(pk=garden.pk).update(kind=VenueKind.ONLINE, **nowhere)
    finder.rebuild()
    first, second, third = events_of(text(f"/aktiviteter/{walk.slug}/"))
    modes = [one["eventAttendanceMode"].rpartition("/")[2] for one in (first, second, third)]
    assert modes == [f"{mode}EventAttendanceMode" for mode in ("Offline", "Online", "Offline")]
    assert second["location"] == {
        "@type": "VirtualLocation",
        "name": "Trädgården",
        "url": second["url"],
    }
    assert f"/{moved.pk}/" in second["url"]


def test_machines_read_that_one_may_choose_where_the_net_has_an_address_too(
    walk: Activity, moved: Occurrence, garden: Venue
) -> None:
    Venue.objects.filter(pk=garden.pk).update(kind=VenueKind.ONLINE)
    finder.rebuild()
    second = events_of(text(f"/aktiviteter/{walk.slug}/"))[1]
    assert second["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    place, virtual = second["location"]
    assert (place["@type"], place["address"]) == ("Place", "Trädgårdsgatan 2, 412 02")
    assert (virtual["@type"], virtual["url"]) == ("VirtualLocation", second["url"])


def test_machines_read_that_a_time_is_another_only_when_it_is(
    walk: Activity, moved: Occurrence, coordinator: User
) -> None:
    third = Occurrence.objects.filter(activity=walk).latest("starts_at")
    move_occurrence(by=coordinator, occurrence=third, start=third.starts_at + timedelta(hours=3))
    first, second, third_event = events_of(text(f"/aktiviteter/{walk.slug}/"))
    said = [one["eventStatus"].rpartition("/")[2] for one in (first, second, third_event)]
    assert said == ["EventScheduled", "EventScheduled", "EventRescheduled"]
    assert "previousStartDate" not in second
    assert third_event["previousStartDate"] == "2026-12-08T10:00:00+01:00"


def test_a_time_elsewhere_that_is_cancelled_is_cancelled(
    walk: Activity, moved: Occurrence, coordinator: User
) -> None:
    cancel_occurrence(by=coordinator, occurrence=moved, reason=Reason.WEATHER)
    second = events_of(text(f"/aktiviteter/{walk.slug}/"))[1]
    assert second["eventStatus"].endswith("EventCancelled")
    assert second["location"]["name"] == "Trädgården"
