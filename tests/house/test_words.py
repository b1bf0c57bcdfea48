"""What is stored and what is written down has words for people, in every language."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from halsonav.people import journal_words
from halsonav.people.privacy import field_words, register
from halsonav.people.privacy.register import Entry
from halsonav.people.signing_in.throttle import LIMITS
from tests.house.floors import ROOT

FIELDS = [(entry, name) for entry in register.entries() for name in entry.fields]
SAME = {"organisation", "roller", "funktion"}
"""Words that are alike in Swedish and English."""


def _field(entry: Entry, name: str) -> Any:
    return entry.model_class._meta.get_field(name)


@pytest.mark.parametrize(("entry", "name"), FIELDS, ids=lambda one: getattr(one, "model", one))
def test_every_stored_field_has_a_word_in_every_language(entry: Entry, name: str) -> None:
    field = _field(entry, name)
    assert field_words.has_word(field), f"say what {field_words.name_of(field)} is called"
    said = field_words.word_for(field)
    assert "_" not in said
    for language in ("en", "ar"):
        with override(language):
            assert field_words.word_for(field) != said or said in SAME, (said, language)


@pytest.mark.parametrize(
    ("entry", "name"),
    [one for one in FIELDS if _field(*one).choices],
    ids=lambda one: getattr(one, "model", one),
)
def test_every_choice_is_shown_with_words_of_its_own(entry: Entry, name: str) -> None:
    """Neither the code itself nor a word that stays Swedish in Arabic."""
    field = _field(entry, name)
    for code, _ in field.choices:
        if code == "":
            continue
        said = _said(field, code)
        assert said not in (code, "annat"), code
        with override("ar"):
            assert _said(field, code) != said, code


def _said(field: Any, code: str) -> str:
    says = field_words.said_by(field)
    return says(code) if says else str(dict(field.flatchoices)[code])


@pytest.mark.parametrize("kind", LIMITS)
def test_every_kind_of_try_that_is_counted_has_words(kind: str) -> None:
    says = field_words._values["people.Attempt.kind"]
    assert says(kind) != "annat"


def _written() -> Iterator[tuple[str, str]]:
    """Yield each code that stands in a call of the journal, with which argument it is."""
    for path in (ROOT / "halsonav").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("journal.record"):
                yield from _codes_of(call)


def _codes_of(call: ast.Call) -> Iterator[tuple[str, str]]:
    for keyword in call.keywords:
        is_reading = ast.unparse(call.func).endswith("record_reading")
        what = f"{keyword.arg} of a reading" if is_reading else str(keyword.arg)
        for one in ast.walk(keyword.value):
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield what, one.value


CODES = sorted(set(_written()))


def test_the_codes_are_found() -> None:
    """Negative control: with none of them the tests below would pass for nothing."""
    assert {("verb", "give_role"), ("fields", "is_active")} <= set(CODES)
    assert ("why of a reading", "people:people") in CODES


@pytest.mark.parametrize("code", [code for what, code in CODES if what == "verb"])
def test_every_verb_of_the_journal_has_words(code: str) -> None:
    assert code in journal_words.verbs()


@pytest.mark.parametrize("code", [code for what, code in CODES if what.startswith("fields")])
def test_every_field_that_the_journal_names_has_a_word(code: str) -> None:
    assert journal_words.fields_in_words([code])


@pytest.mark.parametrize("code", [code for what, code in CODES if what == "why of a reading"])
def test_every_way_to_a_reading_has_words(code: str) -> None:
    assert journal_words.shown_why(code)
