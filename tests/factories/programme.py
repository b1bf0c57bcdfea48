# mypy: disallow-untyped-calls=False
"""Rows of the room `programme`, made quickly for tests."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from halsonav.programme import finder
from halsonav.programme.models import (
    Activity,
    ActivityState,
    Kind,
    Occurrence,
    Schedule,
    TargetGroup,
    Theme,
)
from tests.factories.people import CentreFactory
from tests.factories.places import VenueFactory

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = "rorelse"
    names = LazyFunction(lambda: {"sv": "Rörelse", "en": "Movement", "ar": "الحركة"})


class TargetGroupFactory(DjangoModelFactory[TargetGroup]):
    class Meta:
        model = TargetGroup
        django_get_or_create = ("slug",)

    slug = "seniorer"
    names = LazyFunction(lambda: {"sv": "seniorer", "en": "older people", "ar": "كبار السن"})


class ActivityFactory(DjangoModelFactory[Activity]):
    class Meta:
        model = Activity
        skip_postgeneration_save = True

    slug = Sequence(lambda number: f"aktivitet-{number}")
    title = Sequence(lambda number: f"Aktivitet {number}")
    centre = SubFactory(CentreFactory)
    venue = SubFactory(VenueFactory)
    state = ActivityState.PUBLISHED
    kind = Kind.OTHER
    languages = LazyFunction(lambda: ["sv"])


class ScheduleFactory(DjangoModelFactory[Schedule]):
    class Meta:
        model = Schedule

    activity = SubFactory(ActivityFactory)
    rule = "FREQ=WEEKLY;BYDAY=TU"
    first_day = date(2026, 11, 23)
    last_day = date(2027, 1, 31)
    start = time(10)
    end = time(11, 30)


class OccurrenceFactory(DjangoModelFactory[Occurrence]):
    class Meta:
        model = Occurrence

    activity = SubFactory(ActivityFactory)
    slot = Sequence(lambda number: TUESDAY + timedelta(hours=number % 500))
    starts_at = LazyAttribute(lambda one: one.slot)
    ends_at = LazyAttribute(lambda one: one.starts_at + timedelta(hours=1))


def published(title: str, *times: datetime, **facts: Any) -> Activity:
    """Return a published activity that is in the finder, with an hour at each time."""
    activity = ActivityFactory.create(title=title, **facts)
    for moment in times or (TUESDAY,):
        OccurrenceFactory.create(activity=activity, slot=moment)
    finder.write_activity(activity)
    return activity
