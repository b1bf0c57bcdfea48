"""docs/performance.md shows the floor as it is, and `make bench` says what it could not measure."""

import inspect
import json
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.bench import __main__ as bench
from tests.bench import floor_data
from tests.house.floors import ROOT

STATEMENTS = ("LIST", "JSON", "FILTERED", "TEXT", "WEEK", "PAGE")


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("FLOOR_DATABASE", "floor.sqlite3")
    monkeypatch.setenv("FLOOR_NOW", "0")
    return import_module("tests.bench.floor")


def shown(language: str) -> str:
    """Return the code block of a language in the chapter on the floor."""
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    chapter = page.split("## The floor\n", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(rf"```{language}\n(.*?)```", chapter, re.DOTALL)
    assert len(blocks) == 1
    return str(blocks[0])


def test_the_statements_of_the_floor_are_shown_as_they_are_run(floor: ModuleType) -> None:
    run = [f"-- {name.lower()}\n{getattr(floor, name)};\n" for name in STATEMENTS]
    indexes = "".join(f"{index};\n" for index in floor_data.INDEXES)
    assert shown("sql") == "\n".join([*run, f"-- indexes\n{indexes}"])


def test_the_application_of_the_floor_is_shown_as_it_is_run(floor: ModuleType) -> None:
    parts = (floor._page, floor._json, floor.application)
    assert shown("python") == "\n\n".join(map(inspect.getsource, parts))


def test_what_cannot_be_measured_is_skipped_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, int]] = []

    def measure(engine: str, size: int, base: str, runs: int) -> list[Any]:
        asked.append((engine, size))
        return [bench.Measure("list", engine, size, 1, None, 1, None, 1, None, 1, 1, 1, 2, 1)]

    monkeypatch.setenv("HALSONAV_TEST_POSTGRES", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(bench, "_in_own_process", measure)
    monkeypatch.setattr(bench, "OUT", tmp_path / "build" / "bench.json")
    monkeypatch.setattr("sys.argv", ["bench", "--grow"])
    assert bench.main() == 0
    assert asked == [("sqlite", 100_000)]
    kept = json.loads(bench.OUT.read_text())
    assert [(row["engine"], row["size"]) for row in kept] == asked
    said = capsys.readouterr().out
    for size in ("100,000", "10,000", "1,000,000"):
        assert f"Skipped: postgresql at {size}. PostgreSQL does not" in said
