"""The demo is filled up by what was invented, at believable hours, once or again."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from halsonav.demo import fill, inventing
from halsonav.lib.swedish_calendar import wall_clock
from halsonav.people.models import Centre, Organisation
from halsonav.places.actions import serve_area
from halsonav.places.models import Area, Venue
from halsonav.programme import finder
from halsonav.programme.models import Activity, ActivityText, Occurrence, TargetGroup, Theme
from tests.factories.places import AreaFactory

NOW = datetime(2026, 4, 28, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small(
    monkeypatch: pytest.MonkeyPatch, centrum: Centre, goteborg: Organisation
) -> Iterator[None]:
    """Let few activities be enough, in two areas, and leave the finder as it is."""
    monkeypatch.setattr(fill, "FEWEST_ACTIVITIES", 12)
    monkeypatch.setattr(finder, "rebuild", lambda: None)
    for slug in ("annedal", "haga"):
        AreaFactory.create(
            slug=slug, kind="neighbourhood", code=f"1480-{slug}", names={"en": slug, "ar": "هاغا"}
        )
    for offer in inventing.stock()["offer"]:
        Theme.objects.get_or_create(slug=offer["theme"])
    for crowd in inventing.stock()["crowd"]:
        TargetGroup.objects.get_or_create(slug=crowd["group"])
    with time_machine.travel(NOW, tick=False):
        yield


def test_there_are_as_many_occurrences_as_were_asked_for() -> None:
    assert fill.fill(300) == 300
    assert Activity.objects.count() == 12
    assert fill.fill(200) == 300, "what is there is kept"


def test_filled_again_it_grows_with_new_titles_at_the_same_places() -> None:
    fill.fill(100)
    places = Venue.objects.count()
    assert fill.fill(250) == 250
    told = Activity.objects.values_list("title", "description")
    assert [len(set(texts)) for texts in zip(*told, strict=True)] == [24, 24]
    assert Venue.objects.count() == places == Area.objects.count() * 10


def test_an_activity_comes_back_on_its_own_weekday_at_its_own_hour() -> None:
    fill.fill(300)
    for activity in Activity.objects.all():
        times = [wall_clock(one.starts_at) for one in activity.occurrences.all()]
        assert len(Counter((time.weekday(), time.time()) for time in times)) == 1
        assert len({time.date() for time in times}) == len(times)


def test_what_is_over_was_held_or_cancelled_and_nothing_else_was() -> None:
    fill.fill(300)
    statuses = {
        over: set(times.values_list("status", flat=True))
        for over, times in (
            (True, Occurrence.objects.filter(ends_at__lte=NOW)),
            (False, Occurrence.objects.filter(ends_at__gt=NOW)),
        )
    }
    assert "held" in statuses[True] <= {"held", "cancelled"}
    assert "planned" in statuses[False] <= {"planned", "cancelled"}


def test_every_text_is_there_in_three_languages() -> None:
    fill.fill(100)
    fields = {"title", "summary", "description", "condition", "steps", "who"}
    told = Counter(ActivityText.objects.values_list("language", "field"))
    assert told == {(language, field): 12 for language in ("en", "ar") for field in fields}
    assert all(activity.who for activity in Activity.objects.all())


def test_an_activity_belongs_to_who_serves_its_area(torvalla: Centre) -> None:
    serve_area(by=None, centre=torvalla, area=Area.objects.get(slug="haga"))
    fill.fill(200)
    centres = set(
        Occurrence.objects.values_list("activity__venue__area__slug", "activity__centre__slug")
    )
    assert centres == {("annedal", "halsolots-centrum"), ("haga", "torvalla")}
