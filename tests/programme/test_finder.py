"""The finder: what is found, in which order, and that every count is true."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from halsonav.programme import finder as door
from halsonav.programme.actions.activities import (
    change_activity,
    publish_activity,
    translate_activity,
    withdraw_activity,
)
from halsonav.programme.actions.occurrences import cancel_occurrence, move_occurrence
from halsonav.programme.finder import Finder, FinderQuery, Helps, OutdatedError, following
from halsonav.programme.finder.following import columns
from halsonav.programme.finder.index import state_version
from halsonav.programme.models import (
    Activity,
    ActivityState,
    FinderCard,
    FinderChange,
    FinderPage,
    FinderRow,
    FinderText,
    Occurrence,
    Reason,
)
from tests.factories.places import AreaFactory, VenueFactory
from tests.factories.programme import (
    TUESDAY,
    ActivityFactory,
    OccurrenceFactory,
    TargetGroupFactory,
    ThemeFactory,
    published,
)

pytestmark = pytest.mark.django_db
MONDAY_MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
now = time_machine.travel(MONDAY_MORNING, tick=False)


def titles(text: str, language: str = "sv", helps: Helps = door.ALL_HELPS) -> list[str]:
    page = Finder(language, helps=helps).find(FinderQuery(text=text, by="activity"))
    names = dict(Activity.objects.values_list("pk", "title"))
    return [names[hit.activity] for hit in page.hits]


def starts(query: FinderQuery) -> list[datetime]:
    return [hit.start for hit in Finder("sv").find(query).hits]


# Words ----------------------------------------------------------------------------------------


@now
@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("promenader", "Promenad i parken"),
        ("promenaderna", "Promenad i parken"),
        ("barnvagn", "Barnvagnspromenad"),
        ("promenad", "Barnvagnspromenad"),
        ("barnvagnspromenaderna", "Barnvagnspromenad"),
        ("foraldragrupp", "Föräldragrupp"),
        ("FÖRÄLDRAGRUPPEN", "Föräldragrupp"),
        ("promnad", "Promenad i parken"),
        ("föräldragurpp", "Föräldragrupp"),
        ("hundpromenad", "Promenad i parken"),
    ],
)
def test_a_word_is_found_in_its_forms_parts_folded_and_misspelt(typed: str, title: str) -> None:
    for name in ("Promenad i parken", "Barnvagnspromenad", "Föräldragrupp", "Fluorbar"):
        published(name)
    assert title in titles(typed)
    assert "Fluorbar" not in titles(typed)


@now
@pytest.mark.parametrize(
    ("typed", "title", "without"),
    [
        ("promenaderna", "Promenad i parken", {"word_forms": False, "compounds": False}),
        ("barnvagn", "Barnvagnspromenad", {"compounds": False}),
        ("stavgnåg", "Stavgång", {"typos": False}),
    ],
)
def test_each_help_can_be_switched_off(typed: str, title: str, without: dict[str, bool]) -> None:
    for name in ("Promenad i parken", "Barnvagnspromenad", "Stavgång"):
        published(name)
    assert title in titles(typed)
    helps = Helps()._replace(typos=False)._replace(**without)
    assert title not in titles(typed, helps=helps)


@now
def test_editors_words_and_everyday_words_of_the_theme_lead_there() -> None:
    theme = ThemeFactory.create(slug="somn", names={"sv": "Sömn"})
    course = published("Kvällskurs", search_words=["nattugglor"])
    course.themes.add(theme)
    door.write_activity(course)
    door.themes_changed()
    published("Boule")
    assert titles("nattuggla") == ["Kvällskurs"]
    assert titles("jag har svårt att sova") == ["Kvällskurs"]
    assert titles("nattuggla", helps=Helps(editors=False)) == []


@now
def test_a_word_spelt_by_ear_is_found_even_when_the_dictionary_has_it() -> None:
    published("Gympa för alla")
    assert titles("jympa") == ["Gympa för alla"]
    assert titles("jympa", helps=Helps(typos=False)) == []


@now
def test_once_a_need_is_understood_chance_words_do_not_decide() -> None:
    quit_course = published("Sluta röka")
    quit_course.themes.add(ThemeFactory.create(slug="tobak-vejp-och-alkohol"))
    door.write_activity(quit_course)
    door.themes_changed()
    published("Boule", description="Vi lägger bollen nära.")
    assert titles("måste lägga av med snuset nu") == ["Sluta röka"]


@now
def test_of_a_theme_the_activity_that_is_most_about_it_comes_first() -> None:
    themes = [ThemeFactory.create(slug=slug) for slug in ("somn", "mat", "rorelse", "smarta")]
    for title, of_these in (("Blandat", themes), ("Kvällskurs", themes[:1])):
        activity = published(title)
        activity.themes.set(of_these)
        door.write_activity(activity)
    door.themes_changed()
    assert titles("svårt att sova") == ["Kvällskurs", "Blandat"]


@now
def test_it_says_which_need_it_understood_when_that_brought_more() -> None:
    course = published("Kvällskurs")
    course.themes.add(ThemeFactory.create(slug="somn", names={"sv": "Sömn"}))
    door.write_activity(course)
    door.themes_changed()
    matched = Finder("sv").find(FinderQuery(text="svårt att somna")).matched
    assert matched is not None
    assert matched.needs == ("theme:somn",)
    matched = Finder("sv").find(FinderQuery(text="kvällskurs")).matched
    assert matched is not None
    assert matched.needs == ()


@now
def test_it_says_when_words_were_corrected_or_widened() -> None:
    published("Promenad i parken")
    page = Finder("sv").find(FinderQuery(text="promnad"))
    assert page.matched is not None
    assert page.matched.corrected == {"promnad": "promenad"}
    page = Finder("sv").find(FinderQuery(text="hundpromenad"))
    assert page.matched is not None
    assert page.matched.widened
    page = Finder("sv").find(FinderQuery(text="promnad", exact=True))
    assert page.total == 0


@now
def test_each_reader_searches_in_their_own_language() -> None:
    walk = published("Promenad")
    translate_activity(by=None, activity=walk, language="en", texts={"title": "A calm walk"})
    translate_activity(by=None, activity=walk, language="ar", texts={"title": "نزهة هادئة"})
    assert titles("walks", "en") == ["Promenad"]
    assert titles("النزهات", "ar") == ["Promenad"]
    assert titles("promenad", "ar") == ["Promenad"]


# Filters, counts, pages -------------------------------------------------------------------------


@now
def test_every_count_equals_the_list_that_it_leads_to() -> None:
    west = AreaFactory.create(slug="vast")
    inner = AreaFactory.create(slug="inre", parent=west)
    for number in range(12):
        activity = published(
            f"Aktivitet {number}",
            *(TUESDAY + timedelta(days=day, hours=number % 3 * 4) for day in range(number + 1)),
            venue=VenueFactory.create(area=inner if number % 2 else west),
            kind=("walk", "course")[number % 2],
            registration=("none", "required")[number % 2],
            age_from=number * 7,
        )
        activity.groups.add(TargetGroupFactory.create())
        door.write_activity(activity)
    finder = Finder("sv")
    for query in (
        FinderQuery(),
        FinderQuery(by="activity"),
        FinderQuery(facets=(("area", "inre"),)),
        FinderQuery(facets=(("kind", "walk"),), part="evening"),
        FinderQuery(window="week", by="activity"),
    ):
        page = finder.find(query, size=1_000)
        assert page.total == len(page.hits)
        for group in ("when", "time", "area", "kind", "group", "age", "join", "level", "centre"):
            for option in finder.options(page, group):
                other = finder.find(option.query, size=1_000)
                assert other.total == len(other.hits)
                if not option.chosen:
                    assert option.count == other.total, (query, option)


@now
@pytest.mark.parametrize(
    "query",
    [
        FinderQuery(),
        FinderQuery(by="activity"),
        FinderQuery(near=(57.7, 11.97)),
        FinderQuery(text="aktivitet", by="time"),
        FinderQuery(text="aktivitet"),
    ],
)
def test_pages_follow_each_other_without_a_gap_or_a_double(query: FinderQuery) -> None:
    for number in range(9):
        published(f"Aktivitet {number}", *(TUESDAY + timedelta(days=day) for day in range(4)))
    finder = Finder("sv")
    whole = [hit.occurrence for hit in finder.find(query, size=100).hits]
    pages, at = [], query
    while True:
        page = finder.find(at, size=5)
        pages += [hit.occurrence for hit in page.hits]
        if page.next_query is None:
            break
        at = page.next_query
    assert pages == whole
    assert len(set(pages)) == len(pages)


@now
def test_what_is_over_is_gone_and_what_goes_on_is_there() -> None:
    published("Förbi", MONDAY_MORNING - timedelta(hours=2))
    published("Pågår", MONDAY_MORNING - timedelta(minutes=30))
    published("Kommer", MONDAY_MORNING + timedelta(hours=2))
    assert starts(FinderQuery()) == [
        MONDAY_MORNING - timedelta(minutes=30),
        MONDAY_MORNING + timedelta(hours=2),
    ]


@now
def test_windows_hold_their_days_on_swedish_clocks() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # 23.30 in Sweden, still Monday
    published("Sent", late)
    published("Strax efter", late + timedelta(hours=1))
    assert starts(FinderQuery(window="today")) == [late]
    assert starts(FinderQuery(window="tomorrow")) == [late + timedelta(hours=1)]
    assert len(starts(FinderQuery(window="week"))) == 2
    assert starts(FinderQuery(window="next-week")) == []
    assert starts(FinderQuery(day=date(2026, 11, 24))) == [late + timedelta(hours=1)]


@now
def test_the_week_has_seven_days_and_tells_how_many_are_left_out() -> None:
    published("Ofta", *(TUESDAY + timedelta(minutes=30 * n) for n in range(15)))
    page, days = Finder("sv").week(FinderQuery(week=date(2026, 11, 23)))
    assert [day.total for day in days] == [0, 15, 0, 0, 0, 0, 0]
    assert len(days[1].rows) == 12
    assert page.total == 15


@now
def test_nearness_sorts_and_those_without_a_place_come_last() -> None:
    published("Långt bort", venue=VenueFactory.create(lat=63.1, lon=14.7))
    published("Utan plats", venue=VenueFactory.create(lat=None, lon=None))
    published("Nära", venue=VenueFactory.create(lat=57.7, lon=11.98))
    page = Finder("sv").find(FinderQuery(near=(57.7, 11.97), by="activity"))
    names = dict(Activity.objects.values_list("pk", "title"))
    assert [names[hit.activity] for hit in page.hits] == ["Nära", "Långt bort", "Utan plats"]
    assert "meter bort" in page.hits[0].html


@now
@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", "Ungefär 6,7 km bort"), ("en", "6.7 km"), ("ar", "6.7")],
)
def test_a_distance_is_written_as_the_language_does(language: str, words: str) -> None:
    published("Nära", venue=VenueFactory.create(lat=57.76, lon=11.97))
    with override(language):
        page = Finder(language).find(FinderQuery(near=(57.7, 11.97), by="activity"))
    assert words in page.hits[0].html


@now
def test_when_nothing_fits_the_nearest_is_offered() -> None:
    published("Promenad", TUESDAY)
    page = Finder("sv").find(FinderQuery(text="promenad", window="weekend"))
    assert page.total == 0
    assert page.alternatives[0].left_out == "”I helgen”"
    assert all(other.total for other in page.alternatives)
    page = Finder("sv").find(FinderQuery(text="simhopp"))
    assert page.hits == []
    assert page.alternatives[0].query.text == ""


@now
def test_when_neither_words_nor_time_fit_the_place_is_kept() -> None:
    walk = published("Promenad", TUESDAY)
    query = FinderQuery(
        text="simhopp", window="weekend", facets=(("centre", walk.centre.slug),), by="activity"
    )
    nearest = Finder("sv").find(query).alternatives[0]
    assert nearest.left_out == "”simhopp”, ”I helgen”"
    assert (nearest.query.facets, nearest.total) == (query.facets, 1)


# The read model -----------------------------------------------------------------------------------


@now
def test_columns_follow_every_change_and_equal_what_is_read_anew() -> None:
    walk, course = published("Promenad", TUESDAY, TUESDAY + timedelta(days=7)), published("Kurs")
    first = columns()
    occurrence = walk.occurrences.order_by("slot").first()
    assert occurrence is not None
    move_occurrence(by=None, occurrence=occurrence, start=TUESDAY + timedelta(hours=2))
    cancel_occurrence(by=None, occurrence=occurrence, reason=Reason.LEADER_ILL)
    change_activity(by=None, activity=course, facts={"title": "Sömnkurs"})
    withdraw_activity(by=None, activity=walk)
    publish_activity(by=None, activity=walk)
    followed = columns()
    door.forget()
    anew = columns()
    assert followed.version == anew.version != first.version
    for name in ("occurrence", "start", "end", "local", "activity_id", "group_id"):
        assert getattr(followed, name).tolist() == getattr(anew, name).tolist(), name
    assert followed.facet == anew.facet
    assert followed.marks.tolist() == anew.marks.tolist()
    assert titles("sömnkurs") == ["Sömnkurs"]


@now
def test_a_cancelled_time_is_told_with_its_reason_and_the_next_time() -> None:
    walk = published("Promenad", TUESDAY, TUESDAY + timedelta(days=7))
    first = walk.occurrences.order_by("slot").first()
    assert first is not None
    cancel_occurrence(by=None, occurrence=first, reason=Reason.LEADER_ILL)
    rows = [hit.html for hit in Finder("sv").find(FinderQuery()).hits]
    assert "Inställt" in rows[0]
    assert "Ledaren är sjuk. Nästa gång: tisdag 1 december kl. 10.00." in rows[0]
    assert "Inställt" not in rows[1]


@now
@pytest.mark.parametrize("state", [ActivityState.DRAFT, ActivityState.WITHDRAWN])
def test_what_is_not_public_leaves_no_trace(state: str) -> None:
    activity = published("Hemlig promenad")
    activity.state = state
    activity.save()
    door.write_activity(activity)
    for model in (FinderRow, FinderCard, FinderText, FinderPage):
        assert not model.objects.exists()
    assert Finder("sv").find(FinderQuery()).total == 0


@now
def test_rebuilding_gives_what_writing_one_by_one_gave() -> None:
    for number in range(3):
        published(f"Promenad {number}", TUESDAY + timedelta(days=number))
    before = list(FinderRow.objects.order_by("pk").values_list("occurrence_id", "start", "local"))
    cards = sorted(FinderCard.objects.values_list("language", "row"))
    assert door.rebuild() == 3
    assert before == list(
        FinderRow.objects.order_by("pk").values_list("occurrence_id", "start", "local")
    )
    assert cards == sorted(FinderCard.objects.values_list("language", "row"))


@now
def test_a_search_costs_two_queries_and_one_when_its_cards_are_in_memory() -> None:
    for number in range(8):
        published(f"Promenad {number}", *(TUESDAY + timedelta(days=day) for day in range(6)))
    for query in (FinderQuery(), FinderQuery(text="promenad"), FinderQuery(window="week")):
        for size in (5, 40):
            Finder("sv").find(query, size=size)
            columns().cards.clear()
            for queries in (2, 1):
                with CaptureQueriesContext(connection) as caught:
                    Finder("sv").find(query, size=size)
                assert len(caught) == queries


@now
def test_a_finder_whose_cards_are_gone_says_so_and_the_next_one_has_them() -> None:
    walk = published("Promenad", TUESDAY)
    before = Finder("sv")
    change_activity(by=None, activity=walk, facts={"title": "Kvällspromenad"})
    with pytest.raises(OutdatedError):
        before.find(FinderQuery())
    assert "Kvällspromenad" in Finder("sv", up_to_date=True).find(FinderQuery()).hits[0].data


@now
def test_while_serving_words_are_read_ahead_and_the_database_is_seldom_asked() -> None:
    published("Promenad", TUESDAY)
    with connection_that_stays():
        door.serve(("sv", "en"))
    with CaptureQueriesContext(connection) as caught:
        assert sorted(columns().vocabularies) == ["en", "sv"]
        Finder("sv"), Finder("en")
    assert len(caught) == 0


@now
def test_while_serving_a_change_is_read_from_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = published("Promenad", TUESDAY)
    started: list[Callable[[], None]] = []
    with connection_that_stays():
        door.serve(("sv",))
        monkeypatch.setattr(following, "ASK_AGAIN_SECONDS", -1.0)
        monkeypatch.setattr(following, "Thread", lambda target, daemon: Waiting(started, target))
        change_activity(by=None, activity=walk, facts={"title": "Kvällspromenad"})
        before = columns()
        assert columns() is before
        assert len(started) == 1  # one reads, however many ask
        started.pop()()
        assert columns() is not before
        assert columns().version == state_version()
        assert "sv" in columns().vocabularies
    assert titles("kvällspromenad") == ["Kvällspromenad"]


class Waiting:
    """A thread that starts when the test says."""

    def __init__(self, started: list[Callable[[], None]], target: Callable[[], None]) -> None:
        self.started, self.target = started, target

    def start(self) -> None:
        self.started.append(self.target)


@contextmanager
def connection_that_stays() -> Iterator[None]:
    """Keep the test's own connection open, which a thread of its own would close."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "close", lambda: None)
        yield


@now
def test_an_activity_that_is_full_or_nearly_says_so() -> None:
    activity = ActivityFactory.create(title="Kurs", capacity=10, registration="required")
    OccurrenceFactory.create(activity=activity, slot=TUESDAY, places_taken=8)
    OccurrenceFactory.create(activity=activity, slot=TUESDAY + timedelta(days=1), places_taken=10)
    OccurrenceFactory.create(activity=activity, slot=TUESDAY + timedelta(days=2), places_taken=1)
    door.write_activity(activity)
    rows = [hit.html for hit in Finder("sv").find(FinderQuery()).hits]
    assert "Få platser: 2 kvar" in rows[0]
    assert "Fullt" in rows[1]
    assert "platser" not in rows[2]
    assert Occurrence.objects.count() == 3


@now
def test_odd_signs_in_a_text_break_nothing() -> None:
    """The signs of icon fonts, and those that our own marks are made of."""
    activity = published("Fika")
    title = "Fika \ue000\ufdd0\ufdd3\ufdd5\u202e i parken"
    change_activity(by=None, activity=activity, facts={"title": title})
    [hit] = Finder("sv").find(FinderQuery()).hits
    assert json.loads(hit.data)["title"] == "Fika \ue000 i parken"
    assert "Fika \ue000 i\u00a0parken" in hit.html or "Fika \ue000 i parken" in hit.html


# Held elsewhere --------------------------------------------------------------------------------


def _moved_walk() -> Occurrence:
    """Return the second time of a walk in Haga, moved to the garden in Örgryte."""
    haga = AreaFactory.create(name="Haga", slug="haga")
    orgryte = AreaFactory.create(name="Örgryte", slug="orgryte", names={"en": "Orgryte East"})
    published("Gympa", venue=VenueFactory.create(name="Hallen", area=haga))
    walk = published(
        "Promenad",
        *(TUESDAY + timedelta(days=7 * week) for week in range(3)),
        venue=VenueFactory.create(name="Ängen", area=haga),
    )
    garden = VenueFactory.create(name="Rosenträdgården", names={"en": "Rose garden"}, area=orgryte)
    assert titles("rosenträdgården") == [], "it is nowhere yet, and the words are in memory"
    moved = Occurrence.objects.filter(activity=walk).order_by("starts_at")[1]
    move_occurrence(by=None, occurrence=moved, venue=garden)
    return moved


@now
@pytest.mark.parametrize(
    ("language", "typed"),
    [("sv", "rosenträdgården"), ("sv", "promenad rosenträdgård"), ("en", "rose garden")],
)
def test_a_time_held_elsewhere_is_found_by_the_name_of_that_place(
    language: str, typed: str
) -> None:
    _moved_walk()
    assert titles(typed, language) == ["Promenad"]


@now
def test_a_time_held_elsewhere_is_counted_in_the_area_of_that_place() -> None:
    moved = _moved_walk()
    counts = Finder("sv").find(FinderQuery()).counts
    assert (counts["area:haga"], counts["area:orgryte"]) == (3, 1)
    there = Finder("sv").find(FinderQuery(facets=(("area", "orgryte"),)))
    assert (there.total, there.hits[0].occurrence) == (1, moved.pk)
    finder = Finder("sv")
    told = finder.find(finder.understood(FinderQuery(text="promenad örgryte", by="time")))
    assert [hit.occurrence for hit in told.hits] == [moved.pk]


@now
def test_a_place_where_nothing_is_held_any_more_is_not_found() -> None:
    moved = _moved_walk()
    assert titles("rosenträdgården") == ["Promenad"]
    move_occurrence(by=None, occurrence=moved, venue=moved.activity.venue)
    assert titles("rosenträdgården") == []


@now
def test_words_are_read_again_only_when_they_have_changed() -> None:
    moved = _moved_walk()
    assert FinderChange.objects.latest("version").texts
    move_occurrence(by=None, occurrence=moved, start=moved.starts_at + timedelta(hours=1))
    assert not FinderChange.objects.latest("version").texts
