"""Whichever engine runs, the finder gives the answers that are kept, in their order."""

from datetime import datetime

import pytest

from tests.programme import ordered_answers

pytestmark = pytest.mark.django_db


def test_every_search_has_the_same_answers_in_the_same_order_on_both_engines(
    demo: datetime, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--write-answers", default=False):
        ordered_answers.write()
    found = {(one["q"], one["language"]): one for one in ordered_answers.answers()}
    pinned = {(one["q"], one["language"]): one for one in ordered_answers.kept()}
    assert found.keys() == pinned.keys()
    assert [found[key] for key in found if found[key] != pinned[key]] == []


def test_the_kept_answers_say_something() -> None:
    kept = ordered_answers.kept()
    assert len(kept) >= 120
    assert sum(len(one["by_activity"]["first"]) > 1 for one in kept) >= 60, "order is seen"
    assert any(one["by_activity"]["total"] == 0 for one in kept)
