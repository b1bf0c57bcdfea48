"""Fills an empty database with the demo's content, by the same actions as people use."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from halsonav.demo import reading
from halsonav.demo.people import let_people_look, load_people
from halsonav.lib.swedish_calendar import at_wall_clock, wall_clock
from halsonav.people.actions import appoint_holder, create_organisation, open_centre
from halsonav.people.models import Centre, Organisation, User
from halsonav.places.actions import (
    PeopleCount,
    create_area,
    create_venue,
    import_postcodes,
    serve_area,
    set_population,
)
from halsonav.places.models import OLDEST, Area, AreaVersion, Venue
from halsonav.programme.actions import activities as activity_actions
from halsonav.programme.actions import occurrences as occurrence_actions
from halsonav.programme.actions.schedules import add_schedule
from halsonav.programme.actions.themes import set_target_group, set_theme
from halsonav.programme.models import Activity, Occurrence, Reason, TargetGroup, Theme

AGES: Final = ((0, 17), (18, 24), (25, 44), (45, 64), (65, 79), (80, OLDEST))
FIRST_CENTRE = "halsolots-centrum"


def is_loaded() -> bool:
    """Whether the demo's content is there."""
    return Centre.objects.filter(slug=FIRST_CENTRE).exists()


@transaction.atomic
def load(today: date | None = None) -> None:
    """Write everything; takes some ten seconds."""
    today = today or timezone.localdate()
    areas = _areas()
    organisations = _organisations()
    centres = _centres(organisations, areas)
    venues = _venues(areas, organisations)
    _postcodes()
    _themes()
    users = load_people(centres, organisations, centres[FIRST_CENTRE])
    _functions(organisations, users, today)
    let_people_look(users, today)
    for block in reading.activities():
        _activity(block, today, centres, venues, organisations)


def _areas() -> dict[str, Area]:
    content = reading.read("areas")
    versions = {
        name: AreaVersion.objects.create(name=name, **valid)
        for name, valid in content["version"].items()
    }
    areas: dict[str, Area] = {}
    for block in [*content["area"], *reading.read("statistical_areas")["area"]]:
        areas[block["slug"]] = create_area(
            by=None,
            version=versions[block["version"]],
            parent=areas.get(block.get("parent", "")),
            **_without(block, "version", "parent"),
        )
    for slug, counts in populations().items():
        set_population(by=None, area=areas[slug], counts=counts)
    return areas


def populations() -> dict[str, list[PeopleCount]]:
    """Return the example figures by area: each year by age and sex; parts add up to their whole."""
    content = reading.read("population")
    profiles = content["profile"]
    return {
        block["area"]: [
            count
            for year, total in block["totals"].items()
            for count in _people(int(year), total, profiles[block["profile"]])
        ]
        for block in content["population"]
    }


def _people(year: int, total: int, profile: dict[str, Any]) -> list[PeopleCount]:
    """Return all ages and each age group, in total (T), men (M) and women (K)."""
    by_age = _shared_out(total, profile["shares"])
    women = [count * profile["women"] // 1_000 for count in by_age]
    groups = [(AGES[0][0], OLDEST, total, sum(women))]
    groups += [
        (*ages, count, of_them) for ages, count, of_them in zip(AGES, by_age, women, strict=True)
    ]
    return [
        PeopleCount(year, age_from, age_to, sex, count)
        for age_from, age_to, everyone, of_women in groups
        for sex, count in (("T", everyone), ("M", everyone - of_women), ("K", of_women))
    ]


def _shared_out(total: int, shares: Sequence[int]) -> list[int]:
    """Return the total in parts by shares per thousand; rounding never loses anybody."""
    bounds = [total * upto // 1_000 for upto in accumulate(shares, initial=0)]
    return [above - below for below, above in pairwise(bounds)]


def _organisations() -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for block in reading.read("organisations")["organisation"]:
        parent = made.get(block.get("parent", ""))
        made[block["slug"]] = create_organisation(
            by=None, parent=parent, **_without(block, "parent")
        )
    return made


def _centres(organisations: dict[str, Organisation], areas: dict[str, Area]) -> dict[str, Centre]:
    made = {}
    for block in reading.read("centres")["centre"]:
        facts = _without(block, "organisation", "area")
        centre = open_centre(by=None, organisation=organisations[block["organisation"]], **facts)
        for slug in block["area"]:
            serve_area(by=None, centre=centre, area=areas[slug])
        made[centre.slug] = centre
    return made


def _venues(areas: dict[str, Area], organisations: dict[str, Organisation]) -> dict[str, Venue]:
    return {
        block["slug"]: create_venue(
            by=None,
            area=areas[block["area"]],
            owner=organisations.get(block.get("owner", "")),
            facts={fact["kind"]: fact.get("note", {}) for fact in block.get("fact", [])},
            **_without(block, "area", "owner", "fact"),
        )
        for block in reading.read("venues")["venue"]
    }


def _postcodes() -> None:
    import_postcodes(by=None, lines=(reading.CONTENT / "postcodes.csv").read_text("utf-8"))


def _themes() -> None:
    for position, block in enumerate(reading.read("themes")["theme"]):
        facts = {
            "names": block["names"],
            "leads": block["lead"],
            "words": block["words"],
            "dimensions": block["dimensions"],
            "position": position,
        }
        set_theme(by=None, slug=block["slug"], facts=facts)
    for position, block in enumerate(reading.read("target_groups")["group"]):
        facts = {"names": block["names"], "position": position}
        set_target_group(by=None, slug=block["slug"], facts=facts)


def _functions(organisations: dict[str, Organisation], users: dict[str, User], today: date) -> None:
    for block in reading.read("functions")["function"]:
        for holder in block["holders"]:
            appoint_holder(
                by=None,
                organisation=organisations[block["organisation"]],
                title=block["title"],
                user=users.get(holder.get("user", "")),
                described_as=holder.get("described_as", ""),
                from_day=today + timedelta(weeks=holder["from_week"]),
                to_day=_weeks_on(today, holder.get("to_week")),
            )


def _weeks_on(today: date, weeks: int | None) -> date | None:
    return None if weeks is None else today + timedelta(weeks=weeks)


def _activity(
    block: dict[str, Any],
    today: date,
    centres: dict[str, Centre],
    venues: dict[str, Venue],
    organisations: dict[str, Organisation],
) -> None:
    texts = block["text"]
    activity = activity_actions.create_activity(
        by=None,
        centre=centres[block["centre"]],
        venue=venues[block["venue"]],
        slug=block["slug"],
        facts=_facts(block, organisations) | _words(texts["sv"]),
        links=_links(block, organisations),
    )
    for language in texts.keys() - {"sv"}:
        activity_actions.translate_activity(
            by=None, activity=activity, language=language, texts=_words(texts[language])
        )
    for schedule in block["schedule"]:
        add_schedule(by=None, activity=activity, plan=reading.plan_of(schedule, today))
    for exception in block.get("exception", []):
        _exception(activity, exception, venues)
    occurrence_actions.hold_what_is_over(by=None, activity=activity)
    activity_actions.publish_activity(by=None, activity=activity)


def _facts(block: dict[str, Any], organisations: dict[str, Organisation]) -> dict[str, Any]:
    names = ("kind", "purposes", "dimensions", "age_from", "age_to", "level", "languages",
             "registration", "capacity", "needs", "outdoors")  # fmt: skip
    return {name: block[name] for name in names if name in block} | {
        "confirmed_by": organisations.get(block.get("confirmed_by", "")),
        "confirmed_on": timezone.localdate(),
    }


def _words(text: dict[str, Any]) -> dict[str, Any]:
    kept = dict(text)
    kept["description"] = kept.get("description", "").strip()
    return kept


def _links(block: dict[str, Any], organisations: dict[str, Organisation]) -> activity_actions.Links:
    return activity_actions.Links(
        themes=Theme.objects.filter(slug__in=block["themes"]),
        groups=TargetGroup.objects.filter(slug__in=block["groups"]),
        organisers=[organisations[slug] for slug in block["organisers"]],
    )


def _exception(activity: Activity, block: dict[str, Any], venues: dict[str, Venue]) -> None:
    """Make one of the coming occurrences cancelled, moved or nearly full."""
    coming = Occurrence.objects.filter(activity=activity, starts_at__gt=timezone.now())
    listed = list(coming.order_by("starts_at")[: block["near"]])
    if len(listed) < block["near"]:
        return
    occurrence = listed[-1]
    if "places_left" in block:
        taken = (activity.capacity or 0) - block["places_left"]
        occurrence_actions.set_places_taken(by=None, occurrence=occurrence, taken=taken)
    elif block["status"] == "cancelled":
        reason = Reason(block["reason"])
        occurrence_actions.cancel_occurrence(by=None, occurrence=occurrence, reason=reason)
    else:
        occurrence_actions.move_occurrence(
            by=None,
            occurrence=occurrence,
            start=_at(occurrence, block.get("start")),
            end=_at(occurrence, block.get("end")),
            venue=venues.get(block.get("venue", "")),
        )


def _at(occurrence: Occurrence, clock: str | None) -> datetime | None:
    """Return the occurrence's own day at another clock time."""
    if clock is None:
        return None
    day = wall_clock(occurrence.starts_at).date()
    return at_wall_clock(day, time.fromisoformat(clock))


def _without(block: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in block.items() if name not in names}
