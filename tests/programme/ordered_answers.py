"""The finder's answers in order, kept in a file so that both database engines are held to it.

    .venv/bin/python -m pytest tests/programme/test_ordered_answers.py --write-answers

writes `ordered_answers.json` anew, from the searches of `tuning_queries.toml` in the demo of a
Tuesday morning. Do so after a change that is meant to give other answers, and read the difference.
"""

import json
from pathlib import Path
from typing import Any, Final

from halsonav.programme.finder import Finder, FinderQuery
from halsonav.programme.models import Activity
from tests.programme.judging import read_judged

FILE: Final = Path(__file__).with_name("ordered_answers.json")
QUERIES: Final = FILE.with_name("tuning_queries.toml")
FIRST: Final = {"activity": 10, "time": 5}


def answers() -> list[dict[str, Any]]:
    """Return for each search how many fit, and whose the first are, by activity and by time."""
    slugs = dict(Activity.objects.values_list("pk", "slug"))
    return [
        {
            "q": one.q,
            "language": one.language,
            "by_activity": _found(slugs, one.language, one.q, "activity"),
            "by_time": _found(slugs, one.language, one.q, "time"),
        }
        for one in read_judged(QUERIES)
    ]


def _found(slugs: dict[int, str], language: str, text: str, by: str) -> dict[str, Any]:
    finder = Finder(language)
    page = finder.find(finder.understood(FinderQuery(text=text, by=by)))
    return {"total": page.total, "first": [slugs[hit.activity] for hit in page.hits[: FIRST[by]]]}


def kept() -> list[dict[str, Any]]:
    """Return what the file holds."""
    return list(json.loads(FILE.read_text("utf-8")))


def write() -> None:
    """Write the file anew, a search a line."""
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in answers())
    FILE.write_text(f"[\n{lines}\n]\n", "utf-8")
