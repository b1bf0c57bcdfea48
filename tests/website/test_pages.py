"""Public pages: who gets what, what stands on them, and how little they cost."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, Final

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from halsonav.design.running import unbroken
from halsonav.people.models import Centre, User
from halsonav.programme import finder
from halsonav.programme.actions.occurrences import cancel_occurrence, move_occurrence
from halsonav.programme.models import Activity, ActivityState, Occurrence, Reason
from tests.factories.programme import (
    ActivityFactory,
    OccurrenceFactory,
    ThemeFactory,
    published,
)

pytestmark = pytest.mark.django_db
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FIRST: Final = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
QUERIES: Final = 3


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    finder.forget()
    with time_machine.travel(NOW, tick=False):
        yield
    finder.forget()


@pytest.fixture
def activity(db: None) -> Activity:
    theme = ThemeFactory.create()
    made = published("Promenad i parken", *(FIRST + timedelta(days=7 * n) for n in range(3)))
    made.themes.add(theme)
    finder.write_activity(made)
    return made


@pytest.fixture
def first(activity: Activity) -> Occurrence:
    return Occurrence.objects.filter(activity=activity).earliest("starts_at")


def paths(activity: Activity) -> list[str]:
    """Return an address of every public page."""
    occurrence = Occurrence.objects.filter(activity=activity).earliest("starts_at")
    return [
        "/", "/en/", "/ar/",
        "/aktiviteter/", "/aktiviteter/?q=promenad", "/aktiviteter/?view=week",
        "/aktiviteter/?view=map", f"/aktiviteter/{activity.slug}/",
        f"/aktiviteter/{activity.slug}/{occurrence.pk}/",
        "/teman/", "/teman/rorelse/", "/omraden/", f"/omraden/{activity.venue.area.slug}/",
        "/prata/", "/om/", "/tillganglighet/", "/dina-uppgifter/",
    ]  # fmt: skip


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


# The ladder --------------------------------------------------------------------------------------


def test_everyone_reads_every_page(activity: Activity) -> None:
    for path in paths(activity):
        response = Client().get(path)
        assert response.status_code == 200, path
        assert "<h1" in response.content.decode(), path
        assert Client().head(path).status_code == 200, path


READ_ONLY: Final = {
    "sv": "Sidan går bara att läsa",
    "en": "This page can only be read",
    "ar": "هذه الصفحة للقراءة فقط",
}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_page_is_only_read(activity: Activity, method: str) -> None:
    for path in paths(activity):
        response = getattr(Client(enforce_csrf_checks=True), method)(path)
        assert response.status_code == 405, path
        assert response.headers["Allow"] == "GET, HEAD"
        heading = READ_ONLY[response.headers["Content-Language"]]
        assert heading in response.content.decode(), path


def test_what_is_sent_to_a_page_is_not_read(activity: Activity) -> None:
    sent = BytesIO(b"q=x")
    answer = Client(enforce_csrf_checks=True).request(
        **{"REQUEST_METHOD": "POST", "PATH_INFO": "/aktiviteter/", "wsgi.input": sent},
        CONTENT_TYPE="application/x-www-form-urlencoded",
        CONTENT_LENGTH="3",
    )
    assert answer.status_code == 405
    assert sent.tell() == 0


def test_a_form_of_ours_is_still_checked(activity: Activity) -> None:
    response = Client(enforce_csrf_checks=True).post("/konto/login/", {})
    assert response.status_code == 403
    assert "Formuläret gick inte att skicka" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/finns-inte/", "/aktiviteter/finns-inte/", "/aktiviteter/finns-inte/3/",
        "/teman/finns-inte/", "/omraden/finns-inte/", "/aktiviteter/ÅÄÖ/", "/aktiviteter/%00/",
        "/aktiviteter/<script>/", "/.env", "/wp-admin/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_with_help(db: None, path: str) -> None:
    response = Client().get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert "Sidan finns inte" in page
    assert 'name="q"' in page
    assert 'href="/prata/"' in page
    assert "<script>/" not in page
    assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.WITHDRAWN])
def test_what_is_not_published_is_not_there(
    centrum: Centre, coordinator: User, state: ActivityState
) -> None:
    hidden = ActivityFactory.create(state=state, centre=centrum)
    occurrence = OccurrenceFactory.create(activity=hidden, slot=FIRST)
    finder.write_activity(hidden)
    staff = Client()
    staff.force_login(coordinator)
    for client in (Client(), staff):
        assert client.get(f"/aktiviteter/{hidden.slug}/").status_code == 404
        assert client.get(f"/aktiviteter/{hidden.slug}/{occurrence.pk}/").status_code == 404
    assert hidden.title not in text("/aktiviteter/")


# What a reader's browser is told -----------------------------------------------------------------


def test_public_pages_set_no_cookie_and_are_guarded(activity: Activity) -> None:
    for path in paths(activity):
        response = Client().get(path)
        policy = response.headers["Content-Security-Policy"]
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/konto/login/", 200), ("/en/account/login/", 200), ("/arbete/", 200), ("/finns-inte/", 404)],
)
def test_no_page_may_stand_in_another_sites_frame(path: str, status: int, host: User) -> None:
    client = Client()
    if path == "/arbete/":
        client.force_login(host)
    response = client.get(path)
    assert response.status_code == status
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_a_page_needs_nothing_from_elsewhere_and_no_script_of_its_own(activity: Activity) -> None:
    for path in paths(activity):
        page = text(path)
        assert not re.search(r'(?:src|action)="(?:https?:)?//', page), path
        assert not re.search(r"<[^>]+ (?:style|on\w+)=", page), path
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attributes or "application/ld+json" in attributes, path


def test_a_page_has_one_canonical_address_and_its_other_languages(activity: Activity) -> None:
    for path in paths(activity):
        page = text(path)
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', page)
        others = re.findall(r'<link rel="alternate" hreflang="([^"]+)"', page)
        assert len(canonical) == 1, path
        assert canonical[0].endswith(path.partition("?")[0]) or f"/{activity.slug}/" in canonical[0]
        assert sorted(others) == ["ar", "en", "sv", "x-default"], path


# An activity's page ------------------------------------------------------------------------------


def test_the_next_time_stands_first(activity: Activity, first: Occurrence) -> None:
    page = text(f"/aktiviteter/{activity.slug}/")
    assert "Nästa gång" in page
    assert "24 november" in page
    assert "10.00" in page
    assert f"/aktiviteter/{activity.slug}/{first.pk}.ics" in page


def test_a_cancelled_time_says_so_why_and_when_the_next_is(
    activity: Activity, first: Occurrence, coordinator: User
) -> None:
    cancel_occurrence(by=coordinator, occurrence=first, reason=Reason.LEADER_ILL)
    page = text(f"/aktiviteter/{activity.slug}/{first.pk}/")
    assert "Inställt" in page
    assert "Ledaren är sjuk." in page
    assert "1 december" in page
    assert f"{first.pk}.ics" not in page


def test_a_moved_time_says_where_from(
    activity: Activity, first: Occurrence, coordinator: User
) -> None:
    move_occurrence(by=coordinator, occurrence=first, start=FIRST + timedelta(hours=3))
    page = text(f"/aktiviteter/{activity.slug}/{first.pk}/")
    assert "Flyttat till kl. 13.00" in page


def test_a_time_that_is_over_leads_to_the_next(activity: Activity, first: Occurrence) -> None:
    with time_machine.travel(FIRST + timedelta(days=1), tick=False):
        page = text(f"/aktiviteter/{activity.slug}/{first.pk}/")
    assert "Den här gången har varit eller finns inte längre." in page
    assert "1 december" in page


def test_an_activity_without_times_is_still_there(activity: Activity) -> None:
    with time_machine.travel(FIRST + timedelta(days=60), tick=False):
        assert "Det finns inga fler datum just nu." in text(f"/aktiviteter/{activity.slug}/")


def events_of(page: str) -> list[dict[str, Any]]:
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    graph = json.loads(found)
    assert graph["@context"] == "https://schema.org"
    events: list[dict[str, Any]] = graph["@graph"]
    return events


def test_machines_read_the_times_as_events(
    activity: Activity, first: Occurrence, coordinator: User
) -> None:
    cancel_occurrence(by=coordinator, occurrence=first, reason=Reason.WEATHER)
    events = events_of(text(f"/aktiviteter/{activity.slug}/"))
    assert [one["@type"] for one in events] == ["Event"] * 3
    assert events[0]["startDate"] == "2026-11-24T10:00:00+01:00"
    assert events[0]["name"] == "Promenad i parken"
    assert [one["eventStatus"].rpartition("/")[2] for one in events] == [
        "EventCancelled", "EventScheduled", "EventScheduled"]  # fmt: skip
    assert events[0]["location"]["@type"] == "Place"
    assert events[0]["isAccessibleForFree"] is True


@pytest.mark.parametrize(
    "title",
    ["</script><script>alert(1)</script>", "<!--<script>", "\"&'<b>", "<img src=x onerror=a>"],
)
def test_no_title_breaks_out_of_where_it_stands(db: None, title: str) -> None:
    odd = published(title, FIRST, summary=title)
    page = text(f"/aktiviteter/{odd.slug}/")
    assert events_of(page)[0]["name"] == title
    for path in (f"/aktiviteter/{odd.slug}/", "/aktiviteter/", "/", "/aktiviteter/?view=week"):
        found = text(path)
        assert "<script>" not in found
        assert "<!--<" not in found
        assert "<b>&" not in found
        assert "<img src=x" not in found


@pytest.mark.parametrize("path", ["/aktiviteter/{}/", "/ar/activities/{}/"])
def test_a_number_in_a_step_dials_and_reads_left_to_right(db: None, path: str) -> None:
    steps = ["Ring 070-174 06 10 när du är framme."]
    walk = published("Promenad", FIRST, steps=steps)
    said = '<a href="tel:+46701740610"><bdi dir="ltr">070-174 06 10</bdi></a>'
    assert said in text(path.format(walk.slug))


# The week ----------------------------------------------------------------------------------------


def test_the_heading_stands_still_when_the_view_changes(activity: Activity) -> None:
    for view in ("list", "week", "map"):
        assert "<h1>Hitta aktiviteter</h1>" in text(f"/aktiviteter/?view={view}")


def test_the_week_tells_its_number_and_days_under_the_tabs(activity: Activity) -> None:
    page = text("/aktiviteter/?view=week")
    assert page.index('class="views"') < page.index(
        f"<h2>Vecka 48, {unbroken('23–29')}\u00a0november</h2>"
    )
    assert "<h2>Week 48, 23\u00a0to 29\u00a0November</h2>" in text("/en/activities/?view=week")


def test_the_week_leads_to_its_days(activity: Activity) -> None:
    page = text("/aktiviteter/?view=week")
    for number, words, short in ((1, "Måndag 23", "mån"), (2, "Tisdag 24", "tis")):
        link = rf'<a href="#dag-{number}"><span class="sr">{words}</span>(.*?)</a>'
        [seen] = re.findall(link, page)
        assert re.sub("<.*?>", "", seen) == f"{short} 2{number + 2}"
    assert [f'id="dag-{n}"' in page for n in range(1, 9)] == [True] * 7 + [False]


def test_days_that_are_past_need_no_link_and_no_room_on_a_phone(activity: Activity) -> None:
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        page = text("/aktiviteter/?view=week&week=2026-W48")
    assert re.findall('href="#dag-([0-9])"', page) == list("234567")
    assert re.findall('class="wd( today)?( past)?" id="dag-([12])"', page) == [
        ("", " past", "1"),
        (" today", "", "2"),
    ]


def test_the_week_tells_how_one_joins(activity: Activity) -> None:
    assert "<small>kom som du är</small>" not in text("/aktiviteter/?view=week")
    Activity.objects.filter(pk=activity.pk).update(condition="kom som du är")
    activity.refresh_from_db()
    finder.write_activity(activity)
    assert "<small>kom som du är</small>" in text("/aktiviteter/?view=week")


def test_the_week_tells_when_things_end(activity: Activity) -> None:
    assert "10.00<small>till 11.00</small></time>" in text("/aktiviteter/?view=week")


def test_the_page_on_accessibility_tells_the_faults_that_are_known(activity: Activity) -> None:
    page = text("/tillganglighet/")
    faults = page.partition("Det här fungerar inte än</h2>")[2].partition("</section>")[0]
    assert faults.count("<li>") == 4
    assert page.index("Det här fungerar inte än") < page.index("Hittar du ett hinder?")


def test_the_map_that_a_screen_reader_does_not_read_has_its_list_beside(activity: Activity) -> None:
    page = text("/omraden/")
    assert all('aria-hidden="true"' in svg for svg in re.findall("<svg[^>]*>", page))


# What it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/aktiviteter/", "text/html"),
        ("/aktiviteter/?q=promenad", "text/html"),
        ("/aktiviteter/?by=activity", "text/html"),
        ("/aktiviteter/?view=week", "text/html"),
        ("/aktiviteter/", "application/json"),
        ("{activity}", "text/html"),
    ],
)
def test_a_page_costs_three_queries_however_much_there_is(
    activity: Activity, path: str, accept: str
) -> None:
    path = path.replace("{activity}", f"/aktiviteter/{activity.slug}/")
    before = queries(path, accept)
    for hour in range(50):
        OccurrenceFactory.create(activity=activity, slot=FIRST + timedelta(hours=hour + 1))
    finder.write_activity(activity)
    after = queries(path, accept)
    assert len(after) <= QUERIES, after
    assert len(before) == len(after)


def queries(path: str, accept: str) -> list[str]:
    """Return what a page asks the database for, when the columns are in memory."""
    client = Client(headers={"accept": accept})
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_what_is_known_costs_one_query(activity: Activity) -> None:
    tag = Client().get("/aktiviteter/").headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        known = Client().get("/aktiviteter/", headers={"if-none-match": tag})
    assert known.status_code == 304
    assert len(captured.captured_queries) <= 1


# Whom one can turn to ----------------------------------------------------------------------------


def test_a_centre_tells_where_it_is_and_its_number_dials(centrum: Centre) -> None:
    Centre.objects.filter(pk=centrum.pk).update(
        phone="031-390 06 00", visit={"sv": "Biblioteket, Storgatan 1, Göteborg"}
    )
    page = text("/prata/")
    assert "Biblioteket, Storgatan 1, Göteborg" in page
    assert '<a href="tel:+46313900600"><bdi dir="ltr">031-390 06 00</bdi></a>' in page
    assert "Det är gratis" in page


@pytest.mark.parametrize(
    ("path", "authority"),
    [("/tillganglighet/", "digital förvaltning"), ("/dina-uppgifter/", "Integritetsskydds")],
)
def test_legal_texts_have_a_day_somebody_responsible_and_an_authority(
    centrum: Centre, path: str, authority: str
) -> None:
    page = text(path)
    assert "Texten är från den 22 november 2026." in page
    assert f"Ansvarig: {centrum.organisation.name}." in page
    assert authority in page


def test_a_missing_page_leads_home_and_has_a_number(centrum: Centre) -> None:
    Centre.objects.filter(pk=centrum.pk).update(phone="031-390 06 00")
    page = Client().get("/finns-inte/").content.decode()
    assert 'eller gå till <a href="/">startsidan</a>.' in page
    assert 'href="tel:+46313900600"' in page


def test_the_rest_of_an_activitys_times_are_a_link_away(db: None) -> None:
    walk = published("Promenad", *(FIRST + timedelta(days=day) for day in range(12)))
    path = f"/aktiviteter/{walk.slug}/"
    assert f'<a href="{path}?dates=all#datum">Och 4 tillfällen till.</a>' in text(path)
    every = text(f"{path}?dates=all")
    assert "tillfällen till." not in every
    assert every.count("<li><span><b>") == 11


def test_all_is_offered_only_where_there_is_more(db: None) -> None:
    for number in range(10):
        published(f"Promenad {number}", FIRST)
    area = Activity.objects.earliest("pk").venue.area
    Activity.objects.exclude(venue__area=area).update(venue=Activity.objects.earliest("pk").venue)
    finder.rebuild()
    path = f"/omraden/{area.slug}/"
    assert "Se alla" not in text(path)
    assert '<strong class="num">10 aktiviteter</strong>' in text(path)
    published("En till", FIRST, venue=Activity.objects.earliest("pk").venue)
    assert "Se alla 11 aktiviteter" in text(path)


def test_themes_and_areas_list_by_the_same_template_as_all_else(activity: Activity) -> None:
    area = f"/omraden/{activity.venue.area.slug}/"
    for path in ("/teman/rorelse/", area):
        page = Client().get(path)
        used = {template.name for template in page.templates}
        assert {"design/list.html", "design/public.html"} <= used
        assert page.content.count(b'<li class="dep') == 1
