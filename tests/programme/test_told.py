"""Words that tell where or when become choices, as long as that finds something."""

from datetime import date, datetime

import pytest

from halsonav.programme.finder import Finder, FinderQuery

pytestmark = pytest.mark.django_db
NEXT_MONDAY = date(2026, 11, 30)
"""The demo stands on Tuesday 24 November."""


def read(text: str, language: str = "sv", **chosen: object) -> FinderQuery:
    return Finder(language).understood(FinderQuery(text=text, **chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "language", "text", "area", "window", "part"),
    [
        ("promenad majorna", "sv", "promenad", "majorna", "", ""),
        ("promenad i majorna på förmiddagen", "sv", "promenad", "majorna", "", "day"),
        ("Promenad Östersund, i helgen", "sv", "Promenad", "ostersund", "weekend", ""),
        ("foraldrar ostersunds", "sv", "foraldrar", "ostersund", "", ""),
        ("torvalla i morgon", "sv", "", "torvalla", "tomorrow", ""),
        ("walks in Gothenburg this week", "en", "walks", "goteborg", "week", ""),
        ("tonight", "en", "", "", "today", "evening"),
        ("نزهة في يوتوبوري", "ar", "نزهة", "goteborg", "", ""),
        ("نزهة مساء", "ar", "نزهة", "", "", "evening"),
    ],
)
def test_words_of_place_and_time_become_choices(
    demo: datetime, typed: str, language: str, text: str, area: str, window: str, part: str
) -> None:
    query = read(typed, language)
    told = (query.text, query.value("area"), query.window, query.part)
    assert told == (text, area, window, part)
    assert query.told == FinderQuery(text=typed)


def test_a_weekday_is_the_next_one(demo: datetime) -> None:
    assert read("promenad måndag").day == NEXT_MONDAY
    assert read("promenad på tisdagar").day == demo.date()


def test_what_finds_nothing_is_not_read_so(demo: datetime) -> None:
    """Nothing is swum in Majorna: the words stay, and the nearest is shown."""
    assert read("vattengympa majorna i kväll") == FinderQuery(text="vattengympa majorna i kväll")
    assert read("vattengympa majorna i kväll").told is None


def test_only_the_place_or_only_the_time_is_read_when_both_find_nothing(demo: datetime) -> None:
    both = read("barnvagnspromenad göteborg kvällstid")
    assert (both.text, both.value("area"), both.part) == (
        "barnvagnspromenad kvällstid",
        "goteborg",
        "",
    )


def test_a_sentence_about_how_things_are_keeps_its_times(demo: datetime) -> None:
    told = "jag dricker lite för mycket vin på kvällarna"
    assert read(told) == FinderQuery(text=told)


def test_what_is_chosen_already_is_not_read_from_words(demo: datetime) -> None:
    chosen = (("area", "ostersund"),)
    assert read("promenad göteborg", facets=chosen).text == "promenad göteborg"
    assert read("promenad i kväll", window="weekend").window == "weekend"


def test_who_asks_for_the_words_alone_gets_them(demo: datetime) -> None:
    assert read("promenad majorna", exact=True).text == "promenad majorna"


def test_every_hit_lies_in_the_place_and_time(demo: datetime) -> None:
    finder = Finder("sv")
    query = finder.understood(FinderQuery(text="promenad östersund helg", by="time"))
    days = {hit.day.isoweekday() for hit in finder.find(query).hits}
    assert days
    assert days <= {6, 7}
