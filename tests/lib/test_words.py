"""Words are known in their forms and parts, in each language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halsonav.lib.text import fold
from halsonav.lib.words import (
    KNOWN_WORDS,
    KnownWords,
    analyse,
    is_stop_word,
    known_words,
    related,
    soft_hyphens,
    stem,
)

HYPHEN = "\u00ad"
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("promenader", "promenad"),
        ("promenaderna", "promenad"),
        ("mammor", "mamma"),
        ("sov", "sova"),
        ("föräldrarna", "förälder"),
    ],
)
def test_a_form_is_found_by_its_base(form: str, base: str) -> None:
    assert fold(base) in analyse(form, "sv").own


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("barnvagnspromenad", {"promenad", "barnvagn"}),
        ("föräldragrupp", {"grupp"}),
        ("samtalsgruppen", {"samtal", "grupp"}),
        ("hundpromenaderna", {"hund", "promenad"}),
    ],
)
def test_a_compound_is_found_by_its_parts(compound: str, parts: set[str]) -> None:
    facts = analyse(compound, "sv")
    assert parts <= facts.parts | facts.own
    assert not facts.own & facts.parts


def test_the_forms_of_a_word_hold_its_other_forms() -> None:
    assert {"promenad", "promenaden", "promenader", "promenaderna"} <= analyse(
        "promenad", "sv").forms  # fmt: skip


def test_a_noun_leads_to_its_verb() -> None:
    assert "forska" in analyse("forskning", "sv").parts


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("walking", "walks", "en"),
        ("classes", "class", "en"),
        ("النزهة", "نزهة", "ar"),
        ("والنزهة", "نزهة", "ar"),
        ("kävely", "kävelyt", "fi"),
    ],
)
def test_other_languages_are_stemmed(one: str, other: str, language: str) -> None:
    assert stem(one, language) == stem(other, language)
    assert analyse(one, language).own == {stem(one, language)}


def test_a_language_without_a_stemmer_is_left_whole() -> None:
    assert stem("Socod", "so") == "socod"
    assert analyse("Socod", "so").own == {"socod"}


def test_figures_are_themselves() -> None:
    assert analyse("65", "sv").own == {"65"}


@settings(max_examples=150, deadline=None)
@given(
    st.text(min_size=1, max_size=24)
    | st.text("abcdefghijklmnoprstuvyåäö-", min_size=1, max_size=24),
    st.sampled_from(("sv", "en", "ar", "so", "")),
)
def test_any_word_has_keys_of_its_own(word: str, language: str) -> None:
    facts = analyse(word, language)
    assert facts.own
    assert not facts.own & facts.parts


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("barnvagnspromenad", f"barnvagns{HYPHEN}promenad"),
        ("Föräldragruppen", f"Föräldra{HYPHEN}gruppen"),
        ("promenad", "promenad"),
        ("xyzzyqwrtpsdfg", "xyzzyqwrtpsdfg"),
    ],
)
def test_a_long_compound_breaks_between_its_parts(word: str, broken: str) -> None:
    assert soft_hyphens(word) == broken


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_soft_hyphens_change_no_letter(text: str) -> None:
    bare = text.replace(HYPHEN, "")
    assert soft_hyphens(bare).replace(HYPHEN, "") == bare


def test_stop_words_are_those_that_say_nothing() -> None:
    assert is_stop_word("Jag", "sv")
    assert is_stop_word("the", "en")
    assert not is_stop_word("yoga", "sv")
    assert not is_stop_word("the", "fi")


def test_words_are_unknown_without_a_file() -> None:
    assert "promenad" not in KnownWords(KNOWN_WORDS.with_name("none.npy"))


def test_known_words_are_told_from_misspelt_ones() -> None:
    assert KNOWN_WORDS.exists(), "`halsonav build` makes the file"
    known = known_words()
    assert all(word in known for word in ("promenad", "promenaderna", "föräldrar", "yoga"))
    assert not any(word in known for word in ("promnad", "föräldragurpp", "yooga"))
    assert known.has_compound("hundpromenad")
    assert not known.has_compound("xyzzyq")


@pytest.mark.parametrize(
    ("word", "other", "language"),
    [
        ("swimmer", "swim", "en"),
        ("dancers", "dance", "en"),
        ("walker", "walk", "en"),
        ("color", "colour", "en"),
        ("أسناني", "اسنان", "ar"),
        ("بنام", "نام", "ar"),
        ("صديقتي", "صديقه", "ar"),
        ("والمسبح", "مسبح", "ar"),
    ],
)
def test_a_word_is_related_to_those_it_comes_from(word: str, other: str, language: str) -> None:
    assert other in set(related(word, language))


@pytest.mark.parametrize(
    ("word", "verb"),
    [("läsandet", "lasa"), ("simmare", "simma"), ("odlingarna", "odla"), ("tryggheten", "trygg")],
)
def test_a_swedish_word_is_also_sought_as_what_it_was_made_from(word: str, verb: str) -> None:
    assert verb in related(word, "sv")


def test_a_swedish_word_that_is_made_from_none_has_no_relations() -> None:
    assert list(related("promenad", "sv")) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("böcker", "bok"), ("nätter", "natt"), ("sprang", "springa"), ("äldre", "gammal"),
     ("jobbar", "jobb"), ("ensamheten", "ensam"), ("sömnlös", "sömn")],
)  # fmt: skip
def test_words_of_a_family_are_found_by_each_other(one: str, other: str) -> None:
    assert analyse(one, "sv").own & analyse(other, "sv").own
    assert other in analyse(one, "sv").forms


def test_a_compound_is_found_by_the_family_of_its_parts() -> None:
    assert "bok" in analyse("handböcker", "sv").parts


def test_what_is_too_long_for_a_word_is_not_taken_apart() -> None:
    assert not known_words().has_compound("barnvagn" * 20)


def test_a_word_that_no_dictionary_has_is_guessed_to_be_a_noun() -> None:
    assert "fluorbar" in analyse("fluorbaren", "sv").forms
    assert "fluorbaren" in analyse("fluorbar", "sv").forms
    assert analyse("sanna", "sv").forms.isdisjoint({"sannen", "sannar"})
