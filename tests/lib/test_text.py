"""Typed text is folded, cut into words and cleaned, whatever stands in it."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halsonav.lib.text import alphabetical, clean, fold, in_language, seen, slug, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Föräldragrupp", "foraldragrupp"),
        ("ÅÄÖ åäö é ü", "aao aao e u"),
        ("fo\u0308ra\u0308ldra", "foraldra"),
        ("Smørrebrød", "smorrebrod"),
        ("straße", "strasse"),
        ("YOGA", "yoga"),
        ("نُزْهَة", "نزهه"),
        ("مدرسة", "مدرسه"),
        ("أريد إلى آخر", "اريد الي اخر"),
        ("نـــزهة", "نزهه"),
        ("", ""),
    ],
)
def test_marks_and_case_are_folded_away(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(alphabet=st.characters(max_codepoint=0x6FF, exclude_categories=["Cs"])))
def test_folding_leaves_no_marks_and_no_capitals(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.category(sign) in ("Mn", "Mc", "Me") for sign in folded)
    assert fold(folded) == folded


@given(st.text(alphabet="abcåäöéABCÅÄÖÉ -"))
def test_the_same_word_is_the_same_composed_or_apart_small_or_large(text: str) -> None:
    ways = (text, unicodedata.normalize("NFD", text), text.upper(), text.lower())
    assert len({fold(way) for way in ways}) == 1


def test_words_keep_order_and_marks_and_leave_signs_out() -> None:
    assert words("Gå-bort, kl. 10.30: Föräldra_grupp?") == [
        "gå", "bort", "kl", "10", "30", "föräldra", "grupp"]  # fmt: skip
    assert words("fo\u0308r") == ["för"]
    assert words("قهوة، شاي") == ["قهوة", "شاي"]
    assert words("…!?🙂") == []


@given(st.text())
def test_words_hold_letters_and_figures_only(text: str) -> None:
    for word in words(text):
        assert word
        assert not re.search(r"[\s_<>&\"'/]", word)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Promenad i Slottsskogen!", "promenad-i-slottsskogen"),
        ("Föräldragrupp – på språng", "foraldragrupp-pa-sprang"),
        ("../../etc", "etc"),
        ("قهوة", ""),
        ("a" * 80, "a" * 60),
        ("a" * 59 + " b", "a" * 59),
    ],
)
def test_a_slug_is_plain(text: str, address: str) -> None:
    assert slug(text) == address


@given(st.text(), st.integers(1, 80))
def test_a_slug_is_always_safe_in_an_address(text: str, longest: int) -> None:
    made = slug(text, longest)
    assert len(made) <= longest
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)


@given(st.text(), st.integers(1, 200))
def test_clean_text_is_one_line_of_readable_signs(text: str, longest: int) -> None:
    cleaned = clean(text, longest)
    assert len(cleaned) <= longest
    assert cleaned.isprintable()
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert clean(cleaned, longest) == cleaned


def test_cleaning_loses_no_words() -> None:
    assert clean("  yoga\x00 på\u200e\n gräs ", 50) == "yoga på gräs"
    assert clean("yoga på gräs", 4) == "yoga"


def test_a_name_without_the_language_falls_back() -> None:
    names = {"sv": "Rörelse", "ar": ""}
    assert in_language(names, "sv", "?") == "Rörelse"
    assert in_language(names, "ar", "?") == "?"
    assert in_language(names, "fi") == ""


def test_signs_that_stand_for_many_are_written_out_before_the_cut() -> None:
    assert len(clean("\ufdfa" * 120, 120)) <= 120
    assert clean("e\ufb03e", 10) == "effie"


def test_what_nobody_is_to_see_is_taken_out_of_texts() -> None:
    texts = {"title": "Fi\x00ka\u202e", "steps": ["a\tb\nc", "\ufdd3d"], "n": 3}
    assert seen(texts) == {"title": "Fika", "steps": ["a\tb\nc", "d"], "n": 3}


def test_names_are_sorted_as_in_a_swedish_list() -> None:
    names = ["Östersund", "haga", "Ängen", "Åre", "Gårda", "Zinkgruvan"]
    assert sorted(names, key=alphabetical) == [
        "Gårda", "haga", "Zinkgruvan", "Åre", "Ängen", "Östersund",
    ]  # fmt: skip
