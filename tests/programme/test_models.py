"""What the programme's tables refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from halsonav.people.models import User
from halsonav.programme.models import (
    Activity,
    ActivityState,
    ActivityText,
    MissedSearch,
    Occurrence,
    OccurrenceStatus,
    Reason,
    Schedule,
    digest_of,
)
from tests.factories.programme import (
    TUESDAY,
    ActivityFactory,
    OccurrenceFactory,
    ScheduleFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def refused(name: str, make: Any, **facts: Any) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make.create(**facts)
    assert name in str(caught.value)


@pytest.mark.parametrize("title", ["", "   "])
def test_an_activity_without_its_source_title_is_refused(title: str) -> None:
    refused("an_activity_has_its_source_title", ActivityFactory, title=title)


def test_an_activity_without_a_source_language_is_refused() -> None:
    refused("an_activity_has_a_source_language", ActivityFactory, source_language="")


@pytest.mark.parametrize("slug", ["", "Å", "a--b", "-a", "a_b"])
def test_an_address_is_plain(slug: str) -> None:
    refused("an_activity_has_a_plain_address", ActivityFactory, slug=slug)


def test_the_oldest_age_is_not_below_the_youngest() -> None:
    refused("the_oldest_age_is_not_below", ActivityFactory, age_from=66, age_to=16)


def test_a_cost_is_never_negative() -> None:
    refused("a_cost_is_never_negative", ActivityFactory, cost=-1)


def test_a_capacity_has_room_for_someone() -> None:
    refused("a_capacity_has_room_for_someone", ActivityFactory, capacity=0)


def test_state_and_kind_are_known() -> None:
    refused("an_activity_has_a_known_state", ActivityFactory, state="gone")
    refused("an_activity_has_a_known_kind", ActivityFactory, kind="party")


def test_an_occurrence_does_not_end_before_it_begins() -> None:
    refused("an_occurrence_does_not_end", OccurrenceFactory, slot=TUESDAY, ends_at=TUESDAY)


def test_a_cancelled_occurrence_says_why() -> None:
    refused("a_cancelled_occurrence", OccurrenceFactory, status=OccurrenceStatus.CANCELLED)
    OccurrenceFactory.create(status=OccurrenceStatus.CANCELLED, reason=Reason.WEATHER)


def test_an_occurrence_has_a_known_status() -> None:
    refused("an_occurrence_has_a_known_status", OccurrenceFactory, status="lost")


def test_an_activity_occurs_once_per_slot() -> None:
    one = OccurrenceFactory.create(slot=TUESDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        OccurrenceFactory.create(activity=one.activity, slot=TUESDAY)


def test_a_schedule_does_not_end_before_it_begins_and_takes_some_time() -> None:
    refused("a_schedule_does_not_end", ScheduleFactory, last_day=date(2026, 1, 1))
    schedule = ScheduleFactory.build()
    refused("a_schedule_takes_some_time", ScheduleFactory, end=schedule.start)


def test_a_text_is_translated_once_and_only_known_fields_are() -> None:
    activity = ActivityFactory.create()
    facts = {"activity": activity, "language": "en", "value": "Walk", "source_digest": "x"}
    ActivityText.objects.create(field="title", **facts)
    for field in ("title", "colour"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityText.objects.create(field=field, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityText.objects.create(**(facts | {"language": "", "field": "who"}))


def test_a_theme_has_an_address() -> None:
    refused("a_theme_has_an_address", ThemeFactory, slug="")


def test_a_translation_is_outdated_when_its_source_has_changed() -> None:
    text = ActivityText(value="Walk", source_digest=digest_of("Promenad"))
    assert not text.is_outdated("Promenad")
    assert text.is_outdated("Långpromenad")


def test_drafts_are_seen_by_their_own_centres_editors_alone(
    coordinator: User, teammate: User, outsider: User, host: User, stranger: Any
) -> None:
    centre = coordinator.role_assignments.get().centre
    draft = ActivityFactory.create(centre=centre, state=ActivityState.DRAFT)
    OccurrenceFactory.create(activity=draft)
    ScheduleFactory.create(activity=draft)
    ActivityText.objects.create(
        activity=draft, language="en", field="who", value="Walk", source_digest="0" * 16
    )
    for reader, sees in ((coordinator, 1), (teammate, 1), (outsider, 0), (host, 0), (stranger, 0)):
        assert Activity.objects.visible_to(reader).count() == sees
        assert Occurrence.objects.visible_to(reader).count() == sees
        assert Schedule.objects.visible_to(reader).count() == sees
        assert ActivityText.objects.visible_to(reader).count() == sees


def test_missed_searches_are_seen_by_those_who_plan(
    coordinator: User, host: User, stranger: Any
) -> None:
    MissedSearch.objects.create(day=TUESDAY.date(), language="sv", text="simhopp")
    assert MissedSearch.objects.visible_to(coordinator).count() == 1
    assert MissedSearch.objects.visible_to(host).count() == 0
    assert MissedSearch.objects.visible_to(stranger).count() == 0


def test_touched_are_those_that_people_changed_or_come_to() -> None:
    activity = ActivityFactory.create()
    plain = OccurrenceFactory.create(activity=activity, slot=TUESDAY)
    OccurrenceFactory.create(
        activity=activity, slot=TUESDAY + timedelta(days=1), status=OccurrenceStatus.HELD
    )
    OccurrenceFactory.create(activity=activity, slot=TUESDAY + timedelta(days=2), places_taken=1)
    assert plain not in Occurrence.objects.touched()
    assert Occurrence.objects.touched().count() == 2
