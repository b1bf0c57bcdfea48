"""Measures the finder against judged queries: recall and precision at ten."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from halsonav.programme.finder import ALL_HELPS, Finder, FinderQuery, Helps
from halsonav.programme.models import Activity

FILE = Path(__file__).parent / "judged_queries.toml"
SECOND = FILE.with_name("second_judged_queries.toml")
WITHOUT_EDITORS = frozenset(("word_form", "compound", "typo"))
AT = 10


@dataclass(frozen=True)
class Judged:
    """A query, and which activities answer it (`fits`) or do no harm (`fine`)."""

    q: str
    language: str
    kind: str
    half: str
    fits: frozenset[str]
    fine: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """How one query went: shares from 0 to 1."""

    judged: Judged
    found: tuple[str, ...]
    recall: float
    precision: float


def read_judged(file: Path = FILE) -> list[Judged]:
    """Return a whole file."""
    rows = tomllib.loads(file.read_text("utf-8"))["query"]
    return [
        Judged(
            row["q"], row["language"], row["kind"], row["half"],
            frozenset(row["fits"]), frozenset(row.get("fine", [])),
        )
        for row in rows
    ]  # fmt: skip


def judge(queries: Iterable[Judged], helps: Helps = ALL_HELPS) -> list[Verdict]:
    """Ask the finder every query; editors' words are off for word forms, compounds and typos."""
    slugs = dict(Activity.objects.values_list("pk", "slug"))
    return [_verdict(judged, helps, slugs) for judged in queries]


def _verdict(judged: Judged, helps: Helps, slugs: dict[int, str]) -> Verdict:
    own = helps._replace(editors=helps.editors and judged.kind not in WITHOUT_EDITORS)
    finder = Finder(judged.language, helps=own)
    page = finder.find(finder.understood(FinderQuery(text=judged.q, by="activity")))
    found = tuple(slugs[hit.activity] for hit in page.hits[:AT])
    right = [slug for slug in found if slug in judged.fits]
    good = [slug for slug in found if slug in judged.fits | judged.fine]
    if not judged.fits:
        return Verdict(judged, found, 1.0, 0.0 if found else 1.0)
    recall = len(right) / min(AT, len(judged.fits))
    return Verdict(judged, found, recall, len(good) / len(found) if found else 0.0)


def mean(verdicts: Iterable[Verdict]) -> tuple[float, float]:
    """Return mean recall and mean precision."""
    listed = list(verdicts)
    return (
        sum(one.recall for one in listed) / len(listed),
        sum(one.precision for one in listed) / len(listed),
    )


def by_kind(verdicts: Iterable[Verdict]) -> dict[str, tuple[float, float, int]]:
    """Return (recall, precision, how many) for each kind, and for all together."""
    kinds: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        kinds[one.judged.kind].append(one)
        kinds["all"].append(one)
    return {kind: (*mean(listed), len(listed)) for kind, listed in sorted(kinds.items())}
