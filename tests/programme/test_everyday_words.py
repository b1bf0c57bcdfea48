"""The everyday words that come along: each says something, once, of a facet that there is."""

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

import halsonav.demo
from halsonav.lib.text import words as words_of
from halsonav.lib.words import analyse, is_stop_word
from halsonav.programme.everyday_words import everyday_words
from halsonav.programme.finder.vocabulary import WHOLE, significant
from halsonav.programme.models import Purpose

CONTENT = Path(halsonav.demo.__file__).parent / "content"
LANGUAGES = ("sv", "en", "ar")
FACETS = sorted(everyday_words())
TOO_WIDE = {
    "sv": "ner upp hem hit folk svårt få ny nya bättre saker helt kropp barn hjälp på dag".split(),
    "en": "back up down out low hard good bad thing things people body help day".split(),
    "ar": "سن حياة يوم بيت ناس دين روح شعر هم نفسي".split(),
}
by_list = pytest.mark.parametrize(
    ("facet", "language"), [(facet, language) for facet in FACETS for language in LANGUAGES]
)


def slugs(name: str, kind: str) -> set[str]:
    return {row["slug"] for row in tomllib.loads((CONTENT / name).read_text("utf-8"))[kind]}


def telling(expression: str, language: str) -> list[frozenset[str]]:
    """Return the keys of the words that a search must have, as the finder reads them."""
    words = words_of(expression)
    listed = dict.fromkeys(words if expression.startswith(WHOLE) else significant(words, language))
    return [analyse(word, language).own for word in listed]


def has_all(search: list[frozenset[str]], expression: list[frozenset[str]]) -> bool:
    return all(any(word & other for other in search) for word in expression)


def test_every_facet_is_a_theme_a_target_group_or_a_purpose() -> None:
    known = {f"theme:{slug}" for slug in slugs("themes.toml", "theme")}
    known |= {f"group:{slug}" for slug in slugs("target_groups.toml", "group")}
    known |= {f"want:{purpose.value}" for purpose in Purpose}
    assert set(FACETS) <= known
    assert known - set(FACETS) == {"group:alla-vuxna"}


@by_list
def test_every_facet_has_expressions_in_swedish_english_and_arabic(
    facet: str, language: str
) -> None:
    assert everyday_words()[facet].keys() == set(LANGUAGES)
    assert everyday_words()[facet][language]


@by_list
def test_every_expression_says_something(facet: str, language: str) -> None:
    """One of left-out words alone answers a search that says nothing else; one word does not."""
    for expression in everyday_words()[facet][language]:
        words = words_of(expression)
        assert len(words) > 1 or not is_stop_word(words[0], language), expression


@by_list
def test_no_expression_comes_down_to_one_wide_word(facet: str, language: str) -> None:
    alone = {
        words[0]: expression
        for expression in everyday_words()[facet][language]
        if len(words := significant(words_of(expression), language)) == 1
    }
    assert not {word: alone[word] for word in TOO_WIDE[language] if word in alone}


@by_list
def test_no_two_expressions_of_a_facet_come_down_to_the_same_words(
    facet: str, language: str
) -> None:
    """Longer ones beside shorter ones are no waste: they answer the words that are added."""
    read = [(one, telling(one, language)) for one in everyday_words()[facet][language]]
    twice = [
        (one, other)
        for (one, first), (other, second) in combinations(read, 2)
        if len(first) == len(second) and has_all(first, second) and has_all(second, first)
    ]
    assert not twice


@pytest.mark.parametrize(
    ("sentence", "language", "facet"),
    [
        ("Jag blev uppsagd i våras", "sv", "group:arbetssokande"),
        ("Har precis gått i pension och dagarna är tomma", "sv", "group:seniorer"),
        ("Min man dog i höstas", "sv", "theme:livets-stora-fragor"),
        ("Vill sticka och pyssla med andra", "sv", "want:create"),
        ("Finns det en lugn plats att sitta på?", "sv", "want:unwind"),
        ("Jag behöver öva min svenska", "sv", "group:utrikes-fodda"),
        ("Jag går på knäna och är helt slutkörd", "sv", "theme:utmattning"),
        ("Mamma är rädd att ramla i trappan", "sv", "theme:rorelse"),
        ("I burn the candle at both ends", "en", "theme:stress-och-oro"),
        ("I do not understand letters from the authorities", "en", "group:utrikes-fodda"),
        ("We had a breakup and my husband left", "en", "theme:livets-stora-fragor"),
        ("I retired last month", "en", "group:seniorer"),
        ("عم دور على شغل من سنة", "ar", "group:arbetssokande"),
        ("بدي اتعلم احكي سويدي", "ar", "group:utrikes-fodda"),
        ("زوجي مات السنة الماضية", "ar", "theme:livets-stora-fragor"),
    ],
)
def test_a_sentence_of_somebodys_life_leads_there(sentence: str, language: str, facet: str) -> None:
    search = telling(sentence, language)
    assert any(
        has_all(search, telling(expression, language))
        for expression in everyday_words()[facet][language]
    )
