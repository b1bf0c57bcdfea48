"""What fills the demo up for load work is as varied as in life, and reads well."""

import random
import re
from collections import Counter
from itertools import chain

import pytest

from halsonav.demo import inventing, reading
from halsonav.demo.fill import FEWEST_ACTIVITIES, MOST_ACTIVITIES, SEED, activities_for
from halsonav.demo.inventing import Ground, Invented, TooManyError, invent
from halsonav.demo.load import populations

NUMBERING = re.compile(r"[\s,]*(grupp|group|nr|del|مجموعة)?\s*\(?[0-9٠-٩]+\)?\s*$")
LEFT_OPEN = re.compile(r"[{}]|  | [.,]|\.\.")
ARABIC = re.compile(r"[\u0600-\u06ff]")


def _grounds() -> list[Ground]:
    """Return the demo's neighbourhoods as its files tell of them."""
    people = {slug: counts[-18].count for slug, counts in populations().items()}
    return [
        Ground(area["slug"], {"sv": area["name"]} | area["names"], people[area["slug"]])
        for area in reading.read("areas")["area"]
        if area["kind"] == "neighbourhood"
    ]


def _invented(count: int) -> list[Invented]:
    return invent(count, _grounds(), random.Random(SEED))


@pytest.fixture(scope="module")
def plan() -> list[Invented]:
    """Return what 100,000 occurrences are of."""
    return _invented(activities_for(100_000))


@pytest.mark.parametrize("language", inventing.LANGUAGES)
def test_a_hundred_thousand_occurrences_have_two_thousand_titles_without_any_numbering(
    plan: list[Invented], language: str
) -> None:
    titles = {NUMBERING.sub("", one.texts[language]["title"]) for one in plan}
    assert len(titles) >= 2_000


def test_a_million_occurrences_have_a_title_for_each_activity() -> None:
    plan = _invented(activities_for(1_000_000))
    assert len({one.texts["sv"]["title"] for one in plan}) == MOST_ACTIVITIES


def test_no_two_activities_share_description_and_place(plan: list[Invented]) -> None:
    for language in inventing.LANGUAGES:
        told = {(one.texts[language]["description"], one.area, one.place) for one in plan}
        assert len(told) == len(plan)


@pytest.mark.parametrize("language", inventing.LANGUAGES)
def test_descriptions_and_summaries_differ_in_more_than_the_place(
    plan: list[Invented], language: str
) -> None:
    without_place = {one.texts[language]["description"].rpartition("\n\n")[0] for one in plan}
    assert len(without_place) >= 1_000
    assert len({one.texts[language]["summary"] for one in plan}) >= 60


def test_areas_have_activities_as_they_have_people(plan: list[Invented]) -> None:
    per_area = Counter(one.area for one in plan)
    grounds = _grounds()
    everybody = sum(ground.people for ground in grounds)
    assert per_area.keys() == {ground.area for ground in grounds}
    for ground in grounds:
        share = per_area[ground.area] / len(plan)
        assert share == pytest.approx(ground.people / everybody, abs=0.02)
    assert max(per_area.values()) < 0.15 * len(plan)


def test_themes_are_skewed_and_none_is_missing(plan: list[Invented]) -> None:
    themes = Counter(one.theme for one in plan)
    known = {theme["slug"] for theme in reading.read("themes")["theme"]}
    assert themes.keys() == known
    assert max(themes.values()) > 5 * min(themes.values())
    assert max(themes.values()) < 0.4 * len(plan)


def test_texts_are_whole_sentences_in_every_language(plan: list[Invented]) -> None:
    for language in inventing.LANGUAGES:
        for one in plan:
            texts = one.texts[language]
            written = [texts["title"], texts["summary"], *texts["description"].split("\n\n")]
            assert not [text for text in written if LEFT_OPEN.search(text)]
            assert all(text.endswith((".", "؟")) for text in [*written[1:], *texts["steps"]])
            assert not texts["title"].endswith(".")


def test_no_language_is_left_in_another(plan: list[Invented]) -> None:
    for one in plan:
        for language in inventing.LANGUAGES:
            texts = one.texts[language].values()
            parts = chain.from_iterable(
                text if isinstance(text, list) else [text] for text in texts
            )
            assert {bool(ARABIC.search(part)) for part in parts} == {language == "ar"}


def test_titles_are_short_enough_to_read_in_a_list(plan: list[Invented]) -> None:
    lengths = sorted(len(one.texts["sv"]["title"]) for one in plan)
    assert lengths[-1] <= 80
    assert lengths[len(lengths) // 2] <= 50


def test_the_same_dice_give_the_same_activities() -> None:
    assert _invented(50) == _invented(50)


def test_more_than_there_are_words_for_is_refused() -> None:
    with pytest.raises(TooManyError):
        invent(FEWEST_ACTIVITIES, _grounds()[:1], random.Random(SEED))


def test_who_it_is_for_fits_what_it_is(plan: list[Invented]) -> None:
    with_babies = [one for one in plan if one.group == "foraldralediga"]
    assert with_babies
    assert not [one for one in with_babies if one.place == "simhallen"]
