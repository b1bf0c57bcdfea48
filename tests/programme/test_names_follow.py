"""Public pages and cards follow when a centre or an organiser gets another name or telephone."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from halsonav.people import followers
from halsonav.people.actions import change_centre, change_organisation
from halsonav.programme import finder
from halsonav.programme.models import Activity
from tests.factories.people import OrganisationFactory
from tests.factories.programme import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk() -> Activity:
    moment: datetime = timezone.now().replace(microsecond=0) + timedelta(days=1)
    return published("Promenad", moment, slug="promenad")


def test_an_activitys_page_follows_its_centre(walk: Activity, client: Client) -> None:
    before = finder.finder_state(timezone.now())
    change_centre(by=None, centre=walk.centre, name="Mötesplatsen", phone="031-390 06 12")
    page = client.get("/aktiviteter/promenad/").text
    assert "031-390 06 12" in page
    assert finder.finder_state(timezone.now()) != before, "ready pages are made anew"


def test_without_the_follower_it_does_not(
    walk: Activity, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followers, "_followers", [])
    change_centre(by=None, centre=walk.centre, phone="031-390 06 12")
    assert "031-390 06 12" not in client.get("/aktiviteter/promenad/").text


def test_an_activitys_page_follows_its_organiser(walk: Activity, client: Client) -> None:
    organiser = OrganisationFactory.create(name="Föreningen")
    walk.organisers.add(organiser)
    change_organisation(by=None, organisation=organiser, parent=None, name="Klubben")
    assert "Klubben" in client.get("/aktiviteter/promenad/").text


def test_an_activity_that_is_no_longer_public_is_not_published_by_it(
    walk: Activity, client: Client
) -> None:
    Activity.objects.update(state="draft")
    finder.remove_activity(walk.pk)
    change_centre(by=None, centre=walk.centre, name="Mötesplatsen")
    assert client.get("/aktiviteter/promenad/").status_code == 404


def test_the_start_page_says_the_new_name(walk: Activity, client: Client) -> None:
    change_centre(by=None, centre=walk.centre, name="Mötesplatsen", phone="031-390 06 12")
    assert "031-390 06 12" in client.get("/prata/").text
