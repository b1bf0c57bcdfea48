"""Writes the finder's read model, in the transaction of the change that it follows."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Prefetch
from django.utils import timezone

from halsonav.lib import words as dictionary
from halsonav.lib.swedish_calendar import wall_clock
from halsonav.lib.text import words as words_of
from halsonav.places.models import Area
from halsonav.programme.finder import written_by
from halsonav.programme.finder.cards import make_cards
from halsonav.programme.finder.labels import AGE_BANDS, fixed_label
from halsonav.programme.finder.pages import make_pages, venues_of
from halsonav.programme.finder.vocabulary import everyday_expressions
from halsonav.programme.models import (
    FEW_PLACES,
    Activity,
    FinderCard,
    FinderChange,
    FinderGroup,
    FinderPage,
    FinderRow,
    FinderState,
    FinderText,
    FinderWord,
    Occurrence,
    OccurrenceStatus,
    RegistrationRule,
)
from halsonav.programme.queries import wordings

BATCH: Final = 250
KEEP_CHANGES: Final = 2_000
KEEP_PAST: Final = timedelta(days=1)
EVERYTHING: Final = 0
WEIGHTS: Final[dict[str, float]] = {
    "title": 9,
    "theme": 3,
    "summary": 4,
    "condition": 3,
    "place": 4,
    "group": 4,
    "kind": 4,
    "want": 2,
    "description": 2,
    "who": 1.2,
    "organiser": 1.5,
    "language": 2.5,
    "know": 1.5,
    "steps": 1.5,
}
SEARCHED_AREAS: Final = frozenset(("municipality", "city_district", "neighbourhood"))
AGAIN: Final = 0.25
"""What each further time adds that a word stands in an activity's texts."""
EDITORS_WEIGHT: Final = 7.0


def write_activity(activity: Activity) -> None:
    """Write the activity's rows, cards and words anew; one that is not public leaves no trace."""
    before = _words_kept(activity.pk)
    _write([_loaded([activity.pk])[0]])
    _bump([activity.pk], texts=_words_kept(activity.pk) != before)


def _words_kept(activity_id: int) -> list[tuple[Any, ...]]:
    kept = FinderText.objects.filter(activity_id=activity_id).order_by("language")
    return list(kept.values_list("language", "words", "editors"))


def remove_activity(activity_id: int) -> None:
    """Take an activity out of the finder."""
    _clear([activity_id])
    _bump([activity_id], texts=True)


@transaction.atomic
def rebuild() -> int:
    """Write everything anew; return how many times can be found."""
    for model in (FinderCard, FinderGroup, FinderPage, FinderRow, FinderText):
        model.objects.all().delete()
    _learn(_everyday_words())
    ids = list(Activity.objects.published().order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(ids), BATCH):
        _write(_loaded(ids[at : at + BATCH]), fresh=True)
    _bump([EVERYTHING], texts=True)
    written_by.note()
    return FinderRow.objects.count()


def themes_changed() -> None:
    """Let processes know that names or everyday words of themes, groups or areas changed."""
    _learn(_everyday_words())
    _bump([EVERYTHING], texts=True)


def names_changed(ids: Sequence[int]) -> None:
    """Write these activities anew, and let processes know that a centre or organiser changed."""
    for at in range(0, len(ids), BATCH):
        _write(_loaded(ids[at : at + BATCH]))
    _bump([EVERYTHING], texts=True)


def _loaded(ids: Iterable[int]) -> list[Activity]:
    since = timezone.now() - KEEP_PAST
    times = Occurrence.objects.filter(ends_at__gt=since).select_related(
        "venue__area__parent__parent", "schedule__venue__area"
    )
    return list(
        Activity.objects.filter(pk__in=list(ids))
        .select_related("centre", "venue__area__parent__parent")
        .prefetch_related(
            "texts",
            "themes",
            "groups",
            "organisers",
            "confirmed_by",
            "venue__facts",
            Prefetch("occurrences", times.prefetch_related("venue__facts").order_by("starts_at")),
        )
    )


def _languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def _clear(ids: Sequence[int]) -> None:
    FinderCard.objects.filter(group__activity_id__in=ids).delete()
    for model in (FinderGroup, FinderPage, FinderRow, FinderText):
        model.objects.filter(activity_id__in=ids).delete()


@dataclass
class _Batch:
    """What is written of some activities at once."""

    groups: list[FinderGroup] = field(default_factory=list)
    occurrences: list[list[Occurrence]] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    texts: list[FinderText] = field(default_factory=list)
    pages: list[FinderPage] = field(default_factory=list)


def _write(activities: Sequence[Activity], *, fresh: bool = False) -> None:
    if not fresh:
        _clear([activity.pk for activity in activities])
    batch = _Batch()
    above = _areas_above()
    for activity in activities:
        if activity.is_public:
            _add_groups(batch, activity, above)
            _add_texts(batch, activity)
            batch.pages += make_pages(activity, _languages())
    _save(batch)


def _save(batch: _Batch) -> None:
    groups = FinderGroup.objects.bulk_create(batch.groups)
    FinderCard.objects.bulk_create(
        [
            FinderCard(group=group, language=language, row=card.row, week=card.week, data=card.data)
            for group, cards in zip(groups, batch.cards, strict=True)
            for language, card in cards.items()
        ],
        batch_size=500,
    )
    FinderRow.objects.bulk_create(
        [
            _row(group, occurrence)
            for group, occurrences in zip(groups, batch.occurrences, strict=True)
            for occurrence in occurrences
        ],
        batch_size=1_000,
    )
    FinderText.objects.bulk_create(batch.texts, batch_size=200)
    FinderPage.objects.bulk_create(batch.pages, batch_size=200)
    _learn({(text.language, word) for text in batch.texts for word in (*text.words, *text.editors)})


def _row(group: FinderGroup, occurrence: Occurrence) -> FinderRow:
    start = int(occurrence.starts_at.timestamp()) // 60
    offset = wall_clock(occurrence.starts_at).utcoffset() or timedelta()
    return FinderRow(
        occurrence_id=occurrence.pk,
        activity_id=occurrence.activity_id,
        group_id=group.pk,
        start=start,
        minutes=max(1, int((occurrence.ends_at - occurrence.starts_at).total_seconds()) // 60),
        local=start + int(offset.total_seconds()) // 60,
    )


# Groups and their facets ----------------------------------------------------------------------


def _add_groups(batch: _Batch, activity: Activity, above: dict[int, list[str]]) -> None:
    times = list(activity.occurrences.all())
    together: dict[Any, list[Occurrence]] = defaultdict(list)
    for occurrence in times:
        together[_group_key(activity, occurrence)].append(occurrence)
    for occurrences in together.values():
        first = occurrences[0]
        venue = first.venue or activity.venue
        batch.groups.append(
            FinderGroup(
                activity_id=activity.pk,
                facets=_facets(activity, venue, above),
                lat=venue.lat,
                lon=venue.lon,
            )
        )
        batch.occurrences.append(occurrences)
        batch.cards.append(make_cards(activity, first, _following(times, first), _languages()))


def _group_key(activity: Activity, occurrence: Occurrence) -> Any:
    """Return what occurrences share that look alike but for their time."""
    few = (
        activity.capacity is not None and activity.capacity - occurrence.places_taken <= FEW_PLACES
    )
    plain = occurrence.status in (OccurrenceStatus.PLANNED, OccurrenceStatus.HELD) and not few
    return (occurrence.status, occurrence.venue_id) if plain else ("own", occurrence.pk)


def _following(times: Sequence[Occurrence], occurrence: Occurrence) -> datetime | None:
    return next(
        (
            other.starts_at
            for other in times
            if other.starts_at > occurrence.starts_at and not other.is_cancelled
        ),
        None,
    )


def _areas_above() -> dict[int, list[str]]:
    """Return for each area its own address part and those of all it lies in."""
    areas = {pk: (slug, parent) for pk, slug, parent in
             Area.objects.values_list("pk", "slug", "parent_id")}  # fmt: skip
    found: dict[int, list[str]] = {}
    for pk in areas:
        chain: list[str] = []
        at: int | None = pk
        while at is not None:
            chain.append(areas[at][0])
            at = areas[at][1]
        found[pk] = chain
    return found


def _facets(activity: Activity, venue: Any, above: dict[int, list[str]]) -> list[str]:
    access = {fact.kind for fact in venue.facts.all()} | set(activity.needs)
    return [
        f"centre:{activity.centre.slug}",
        *(f"area:{slug}" for slug in above[venue.area_id]),
        *(f"want:{name}" for name in activity.purposes),
        *(f"theme:{theme.slug}" for theme in activity.themes.all()),
        f"kind:{activity.kind}",
        *(f"dimension:{name}" for name in activity.dimensions),
        *(f"group:{group.slug}" for group in activity.groups.all()),
        *(f"age:{band}" for band in _ages(activity)),
        *(f"language:{code}" for code in activity.languages),
        f"level:{activity.level}",
        *(f"access:{kind}" for kind in sorted(access)),
        *(["free:yes"] if activity.cost == 0 else []),
        *(["join:none"] if activity.registration == RegistrationRule.NONE else []),
    ]


def _ages(activity: Activity) -> list[str]:
    """Return the age bands whose people may come."""
    youngest = activity.age_from or 0
    oldest = activity.age_to if activity.age_to is not None else 200
    return [name for name, (low, high) in AGE_BANDS.items() if low <= oldest and high >= youngest]


# Words ----------------------------------------------------------------------------------------


def _add_texts(batch: _Batch, activity: Activity) -> None:
    for language, _ in settings.LANGUAGES:
        weights: dict[str, float] = {}
        for part, text in _searched(activity, language):
            for word in words_of(text):
                known = weights.get(word, 0.0)
                weights[word] = round(max(known, WEIGHTS[part]) + (AGAIN if known else 0), 2)
        search_words = wordings(activity, language)["search_words"]
        own = search_words.value if search_words.language == language else []
        editors = {word: EDITORS_WEIGHT for phrase in own for word in words_of(phrase)}
        batch.texts.append(
            FinderText(activity_id=activity.pk, language=language, words=weights, editors=editors)
        )


def _searched(activity: Activity, language: str) -> Iterable[tuple[str, str]]:
    """Yield (what it is, text) of all that is searched, in the reader's language."""
    texts = wordings(activity, language)
    for name in ("title", "summary", "condition", "description", "who"):
        if texts[name].language == language:
            yield name, str(texts[name].value)
    yield "place", str(texts["meeting_point"].value)
    for step in texts["steps"].value:
        yield "steps", step
    for fact in texts["know"].value:
        yield "know", f"{fact.get('claim', '')} {fact.get('sentence', '')}"
    yield "kind", fixed_label("kind", activity.kind, language)
    if language != activity.source_language:  # so that the country's own word is found by all
        yield "kind", fixed_label("kind", activity.kind, activity.source_language)
    for name in activity.purposes:
        yield "want", fixed_label("want", name, language)
    for code in activity.languages:
        yield "language", fixed_label("language", code, language)
    yield from _named(activity, language)


def _named(activity: Activity, language: str) -> Iterable[tuple[str, str]]:
    for theme in activity.themes.all():
        yield "theme", theme.names.get(language, "")
    for group in activity.groups.all():
        yield "group", group.names.get(language, "")
    for organisation in activity.organisers.all():
        yield "organiser", organisation.names.get(language) or organisation.name
    for name in dict.fromkeys(_places(activity, language)):
        yield "place", name


def _places(activity: Activity, language: str) -> Iterable[str]:
    """Yield the names of every venue where it is held, and of the areas around them."""
    for venue in venues_of(activity):
        yield venue.names.get(language) or venue.name
        area: Area | None = venue.area
        while area is not None and area.kind in SEARCHED_AREAS:
            yield area.names.get(language) or area.name
            area = area.parent


def _everyday_words() -> set[tuple[str, str]]:
    return {
        (language, word)
        for by_language in everyday_expressions().values()
        for language, phrases in by_language.items()
        for phrase in phrases
        for word in words_of(phrase)
    }


def _learn(pairs: set[tuple[str, str]]) -> None:
    """Ask the dictionary about words that are not known yet, and keep what it says."""
    unknown = {(language, word[:80]) for language, word in pairs}
    for language in {language for language, _ in unknown}:
        wanted = {word for other, word in unknown if other == language}
        known = set(FinderWord.objects.filter(language=language).values_list("word", flat=True))
        FinderWord.objects.bulk_create(
            [_word(language, word) for word in sorted(wanted - known)],
            batch_size=500,
            ignore_conflicts=True,
        )


def _word(language: str, word: str) -> FinderWord:
    facts = dictionary.analyse(word, language)
    return FinderWord(
        language=language,
        word=word,
        own=sorted(facts.own),
        parts=sorted(facts.parts),
        forms=sorted(facts.forms),
    )


def _bump(ids: Sequence[int], *, texts: bool) -> None:
    """Number the change, so that every process follows; writers wait for one another here."""
    mark = secrets.randbits(62)
    if not FinderState.objects.filter(pk=1).update(version=F("version") + 1, mark=mark):
        FinderState.objects.create(pk=1, version=1, mark=mark, written_by=written_by.this_code())
    version = FinderState.objects.values_list("version", flat=True).get(pk=1)
    FinderChange.objects.bulk_create(
        [FinderChange(version=version, activity_id=at, texts=texts) for at in ids]
    )
    FinderChange.objects.filter(version__lt=version - KEEP_CHANGES).delete()
