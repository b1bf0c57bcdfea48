"""Quotes, lists and decimals are written as each language does."""

import pytest

from halsonav.lib.punctuation import decimal, listed, quoted, together


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "”gå”"), ("en", "“gå”"), ("ar", "«\u2068gå\u2069»"), ("xx", "“gå”")],
)
def test_words_stand_in_the_languages_own_quotes(language: str, said: str) -> None:
    assert quoted("gå", language) == said


@pytest.mark.parametrize(("language", "said"), [("sv", "a, b"), ("en", "a, b"), ("ar", "a، b")])
def test_words_in_a_row_have_the_languages_own_comma(language: str, said: str) -> None:
    assert listed(["a", "b"], language) == said
    assert listed(["a"], language) == "a"
    assert listed([], language) == ""


@pytest.mark.parametrize(
    ("language", "said"), [("sv", "a, b och c"), ("en", "a, b and c"), ("ar", "a، b وc")]
)
def test_words_in_a_sentence_have_an_and_before_the_last(language: str, said: str) -> None:
    assert together(["a", "b", "c"], language) == said
    assert together(iter(["a"]), language) == "a"
    assert together([], language) == ""


@pytest.mark.parametrize(("language", "said"), [("sv", "1,4"), ("en", "1.4"), ("ar", "1.4")])
def test_only_swedish_writes_a_decimal_comma(language: str, said: str) -> None:
    assert decimal(1.42, 1, language) == said
    assert decimal(12.3, 0, language) == "12"
