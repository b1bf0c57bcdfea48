"""The finder's answers against judged queries; the figures are printed."""

from datetime import datetime

import pytest

from halsonav.programme.finder import ALL_HELPS
from tests.programme.judging import by_kind, judge, mean, read_judged

pytestmark = pytest.mark.django_db
RECALL, PRECISION = 0.95, 0.80


def test_half_of_each_kind_was_kept_aside() -> None:
    queries = read_judged()
    assert len(queries) >= 120
    for kind in {one.kind for one in queries}:
        halves = [one.half for one in queries if one.kind == kind]
        assert abs(halves.count("tune") - halves.count("kept")) <= 1


def test_recall_and_precision_at_ten(demo: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = judge(read_judged())
    with capsys.disabled():
        print(f"\n{'kind':<16} recall  precision  queries")
        for kind, (recall, precision, count) in by_kind(verdicts).items():
            print(f"{kind:<16} {recall:.3f}   {precision:.3f}      {count}")
        for half in ("tune", "kept"):
            recall, precision = mean(one for one in verdicts if one.judged.half == half)
            print(f"half: {half:<10} {recall:.3f}   {precision:.3f}")
        print(f"goal             {RECALL:.3f}   {PRECISION:.3f}")
    recall, precision = mean(verdicts)
    assert recall >= RECALL
    assert precision >= PRECISION


@pytest.mark.parametrize(
    ("help_name", "kind"),
    [("word_forms", "word_form"), ("compounds", "compound"), ("typos", "typo")],
)
def test_each_help_is_needed(demo: datetime, help_name: str, kind: str) -> None:
    """With a help switched off, the kind that it is for falls below what is asked."""
    own = [one for one in read_judged() if one.kind == kind]
    recall, _ = mean(judge(own, ALL_HELPS._replace(**{help_name: False})))
    assert recall < RECALL - 0.04
