"""Fills the demo up to many occurrences, with variety as in life, for load work.

What the activities are is invented in `inventing`; here they are written, with venues in every
neighbourhood and a weekly time each. The same size gives the same content.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import chain, count
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from halsonav.demo.inventing import Ground, Invented, invent, stock, told
from halsonav.lib.recurrence import slots
from halsonav.lib.swedish_calendar import monday_of
from halsonav.lib.text import in_language
from halsonav.lib.text import slug as slug_of
from halsonav.people import journal
from halsonav.people.models import Centre, Organisation
from halsonav.places.models import OLDEST, Area, AreaKind, Population, ServiceArea, Sex, Venue
from halsonav.places.nearness import folded_names
from halsonav.programme import finder
from halsonav.programme.models import (
    Activity,
    ActivityState,
    ActivityText,
    Occurrence,
    OccurrenceStatus,
    Reason,
    TargetGroup,
    Theme,
    digest_of,
)

SEED: Final = 20_240_101
FEWEST_ACTIVITIES: Final = 2_200
MOST_ACTIVITIES: Final = 5_000
PER_ACTIVITY: Final = 45
PREFIX: Final = "fyll-"
BATCH: Final = 5_000
WEEKS_BACK: Final = 16
WEEKS_AHEAD: Final = 36
WEEKS: Final = WEEKS_BACK + WEEKS_AHEAD
FEWEST_PEOPLE: Final = 200
"""Where nobody knows how many live in an area, so many are taken to live there."""
HOURS: Final[dict[str, dict[int, int]]] = {
    "": {8: 2, 9: 4, 10: 9, 11: 6, 13: 7, 14: 8, 15: 5, 16: 3, 17: 6, 18: 5, 19: 2},
    "morning": {8: 3, 9: 5, 10: 1},
    "lunch": {11: 1, 12: 6},
    "evening": {17: 4, 18: 5, 19: 2},
}
WEEKDAYS: Final = {0: 5, 1: 6, 2: 6, 3: 6, 4: 3, 5: 2, 6: 1}
"""How common each weekday is, Monday first."""


def fill(size: int) -> int:
    """Add activities until there are `size` occurrences; return how many there are.

    100,000 take a couple of minutes, most of it for the finder's cards in three languages.
    """
    missing = size - Occurrence.objects.count()
    if missing > 0:
        _Filling(missing).write()
        finder.rebuild()
    return Occurrence.objects.count()


def activities_for(occurrences: int) -> int:
    """Return how many activities share so many occurrences."""
    return min(MOST_ACTIVITIES, max(FEWEST_ACTIVITIES, occurrences // PER_ACTIVITY))


@dataclass(frozen=True)
class _Made:
    activity: Activity
    invented: Invented
    organiser: Organisation


class _Filling:
    """What is made up, from one seed."""

    def __init__(self, missing: int) -> None:
        self.dice = random.Random(SEED)  # noqa: S311 (made-up content, no secrets)
        self.missing = missing
        self.times = -(-missing // activities_for(missing))
        self.now = timezone.now()
        self.monday = monday_of(timezone.localdate())
        self.areas = {area.slug: area for area in Area.objects.filter(kind=AreaKind.NEIGHBOURHOOD)}
        self.centres = _centres_by_area()
        self.organisers = _organisers_by_centre()

    @transaction.atomic
    def write(self) -> None:
        """Write venues, activities, texts and occurrences in bulk, as one act."""
        taken = dict(Activity.objects.values_list("title", "description"))
        wanted = activities_for(self.missing)
        invented = invent(wanted, _grounds(self.areas), self.dice, taken)
        made = self._activities(invented, self._venues())
        self._tie(made)
        self._occurrences(made)
        journal.record(by=None, verb="demo.fill", about=made[0].activity)

    def _venues(self) -> dict[tuple[str, str], Venue]:
        """Return a venue for each area and kind of place; those that are there are kept."""
        known = {venue.slug: venue for venue in Venue.objects.filter(slug__startswith=PREFIX)}
        found = {
            (area.slug, place["slug"]): self._venue(area, place)
            for area in self.areas.values()
            for place in stock()["place"]
        }
        new = [venue for venue in found.values() if venue.slug not in known]
        Venue.objects.bulk_create(new, batch_size=500)
        return {key: known.get(venue.slug, venue) for key, venue in found.items()}

    def _venue(self, area: Area, place: dict[str, Any]) -> Venue:
        sv, en, ar = place["name"]
        name = f"{sv} i {area.name}"
        names = {"en": f"{en} in {_in(area, 'en')}", "ar": f"{ar} في {_in(area, 'ar')}"}
        return Venue(
            slug=f"{PREFIX}{area.slug}-{place['slug']}",
            name=name,
            names=names,
            folded_names=folded_names(name, names),
            kind=place["kind"],
            area=area,
            lat=_near(self.dice, area.lat),
            lon=_near(self.dice, area.lon),
        )

    def _activities(
        self, invented: list[Invented], venues: dict[tuple[str, str], Venue]
    ) -> list[_Made]:
        addresses = _addresses([one.texts["sv"]["title"] for one in invented])
        made = [
            self._activity(one, address, venues[one.area, one.place])
            for one, address in zip(invented, addresses, strict=True)
        ]
        Activity.objects.bulk_create([one.activity for one in made], batch_size=500)
        return made

    def _activity(self, one: Invented, address: str, venue: Venue) -> _Made:
        centre = self.centres[one.area]
        organiser = self.dice.choice(self.organisers[centre.pk])
        activity = Activity(
            slug=address,
            centre=centre,
            state=ActivityState.PUBLISHED,
            kind=one.kind,
            purposes=one.purposes,
            dimensions=one.dimensions,
            languages=self._languages(),
            registration=one.registration,
            needs=self.dice.choice(([], [], ["pram"], ["sign_interpreted"])),
            outdoors=one.outdoors,
            venue=venue,
            who=_run_by(organiser)["sv"],
            **one.texts["sv"],
        )
        return _Made(activity, one, organiser)

    def _languages(self) -> list[str]:
        return self.dice.choices(
            (["sv"], ["sv", "en"], ["sv-easy"], ["sv", "ar"], ["sv", "so"]),
            weights=(50, 20, 15, 10, 5),
        )[0]

    def _tie(self, made: list[_Made]) -> None:
        """Write what each is about, for whom and by whom, and its other languages."""
        themes = dict(Theme.objects.values_list("slug", "pk"))
        groups = dict(TargetGroup.objects.values_list("slug", "pk"))
        _bulk(Activity.themes.through, [
            {"activity_id": one.activity.pk, "theme_id": themes[one.invented.theme]}
            for one in made])  # fmt: skip
        _bulk(Activity.groups.through, [
            {"activity_id": one.activity.pk, "targetgroup_id": groups[one.invented.group]}
            for one in made])  # fmt: skip
        _bulk(Activity.organisers.through, [
            {"activity_id": one.activity.pk, "organisation_id": one.organiser.pk}
            for one in made])  # fmt: skip
        texts = [text for one in made for text in _translations(one)]
        ActivityText.objects.bulk_create(texts, batch_size=1_000)

    def _occurrences(self, made: list[_Made]) -> None:
        waiting: list[Occurrence] = []
        for one in made:
            waiting += self._times(one.activity, one.invented.time_of_day)
            if len(waiting) > BATCH:
                Occurrence.objects.bulk_create(waiting, batch_size=1_000)
                waiting = []
        Occurrence.objects.bulk_create(waiting, batch_size=1_000)

    def _times(self, activity: Activity, time_of_day: str) -> list[Occurrence]:
        """Return an activity's times: the same hour on its own weekdays, some weeks left out."""
        times = min(self.times, self.missing, WEEKS * 7)
        self.missing -= times
        first = self.monday - timedelta(weeks=WEEKS_BACK)
        days = self._days(first, times)
        hours = HOURS[time_of_day]
        hour = self.dice.choices(list(hours), list(hours.values()))[0]
        start = time(hour, self.dice.choice((0, 0, 30)))
        on = slots(days, start, time(hour + 1, start.minute))
        return [self._occurrence(activity, slot.start, slot.end) for slot in on]

    def _days(self, first: date, times: int) -> list[date]:
        weekdays = self._weekdays(-(-times // WEEKS))
        days = [first + timedelta(weeks=n, days=day) for n in range(WEEKS) for day in weekdays]
        return sorted(self.dice.sample(days, times))

    def _weekdays(self, count: int) -> set[int]:
        chosen: set[int] = set()
        while len(chosen) < count:
            chosen |= set(self.dice.choices(list(WEEKDAYS), list(WEEKDAYS.values())))
        return chosen

    def _occurrence(self, activity: Activity, start: datetime, end: datetime) -> Occurrence:
        cancelled = self.dice.random() < 0.004
        usual = OccurrenceStatus.HELD if end <= self.now else OccurrenceStatus.PLANNED
        return Occurrence(
            activity=activity,
            slot=start,
            starts_at=start,
            ends_at=end,
            status=OccurrenceStatus.CANCELLED if cancelled else usual,
            reason=Reason.LEADER_ILL if cancelled else "",
        )


def _grounds(areas: dict[str, Area]) -> list[Ground]:
    """Return the areas with their inhabitants in the latest year that is known."""
    everybody = Population.objects.filter(sex=Sex.TOTAL, age_from=0, age_to=OLDEST)
    people = dict(everybody.order_by("year").values_list("area__slug", "count"))
    return [
        Ground(slug, {"sv": area.name} | area.names, people.get(slug, FEWEST_PEOPLE))
        for slug, area in sorted(areas.items())
    ]


def _centres_by_area() -> dict[str, Centre]:
    """Return who serves each area; the first centre where nobody is said to."""
    found = dict.fromkeys(
        Area.objects.values_list("slug", flat=True), Centre.objects.earliest("pk")
    )
    for served in ServiceArea.objects.select_related("centre", "area").order_by("pk"):
        below = Area.objects.within(served.area).values_list("slug", flat=True)
        found |= dict.fromkeys(below, served.centre)
    return found


def _organisers_by_centre() -> dict[int, list[Organisation]]:
    """Return who already runs something at each centre, or else the centre's own organisation."""
    return {
        centre.pk: list(
            Organisation.objects.filter(activities__centre=centre).distinct().order_by("pk")
        )
        or [centre.organisation]
        for centre in Centre.objects.select_related("organisation")
    }


def _addresses(titles: list[str]) -> Iterator[str]:
    """Yield an address name for each title; those that are cut alike get a number."""
    taken = set(Activity.objects.values_list("slug", flat=True))
    for title in titles:
        plain = slug_of(title, 70)
        numbered = (f"{plain}-{number}" for number in count(2))
        address = next(name for name in chain([plain], numbered) if name not in taken)
        taken.add(address)
        yield address


@cache
def _run_by(organiser: Organisation) -> dict[str, str]:
    named = [in_language(organiser.names, code, organiser.name) for code in ("sv", "en", "ar")]
    return told(stock()["say"]["run"], organiser=named)


def _translations(made: _Made) -> Iterator[ActivityText]:
    run_by = _run_by(made.organiser)
    for language in ("en", "ar"):
        texts = {**made.invented.texts[language], "who": run_by[language]}
        for field, value in texts.items():
            yield ActivityText(
                activity=made.activity,
                language=language,
                field=field,
                value=value,
                source_digest=digest_of(getattr(made.activity, field)),
            )


def _in(area: Area, language: str) -> str:
    return str(area.names.get(language, area.name))


def _near(dice: random.Random, degree: float | None) -> float | None:
    return None if degree is None else round(degree + dice.uniform(-0.006, 0.006), 5)


def _bulk(through: Any, rows: list[dict[str, int]]) -> None:
    through.objects.bulk_create([through(**row) for row in rows], batch_size=2_000)
