"""Runs everything that must hold before a change is kept: `make test` calls this.

    python -m tests                  all of it: both engines, browser, lint
    python -m tests --only lint      one step: sqlite, postgres, journeys, lint or drills

A step whose engine or browser is missing is skipped and told of in the last lines, and so is a
test that skips itself for a reason that is not in `CANNOT`. With HALSONAV_CI=1 both are failures.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import psycopg

from tests.chromium import MISSING, chromium

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
KEPT: Final = ("HALSONAV_CI", "HALSONAV_TEST_POSTGRES")
QUICK: Final = "not journey and not drill"
"""What runs on SQLite; on PostgreSQL not what walks addresses without a look at the database."""
ON_POSTGRES: Final = f"{QUICK} and not over_http"
CANNOT: Final = frozenset(
    (
        "SQLite has one writer at a time: IMMEDIATE transactions wait from the start",
        "only SQLite has REPLACE",
        "only Linux limits what a running process writes",
    )
)
"""Why there is nothing to try: what an engine or a system has not, word by word."""
SKIP: Final = re.compile(r"SKIPPED \[\d+\] \S+?: (.+)")
LINTS: Final = (
    ("ruff", ["ruff", "check"]),
    ("mypy", ["mypy"]),
    ("import-linter", ["lint-imports"]),
    ("djlint", ["djlint", "halsonav", "--lint", "--quiet"]),
    ("house", ["python", "-m", "pytest", "tests/house"]),
)


@dataclass(frozen=True)
class Outcome:
    """How a step went: ok, failed or skipped, and a few words."""

    step: str
    state: str
    words: str


def main(words: Sequence[str] | None = None) -> int:
    """Run the steps, say how they went, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests", description="Runs tests and lint.")
    parser.add_argument("--only", choices=STEPS, help="run one step")
    asked = parser.parse_args(words)
    chosen = [asked.only] if asked.only else USUAL
    began = perf_counter()
    outcomes = [outcome for name in chosen for outcome in STEPS[name]()]
    return _told(outcomes, perf_counter() - began)


def _told(outcomes: Sequence[Outcome], seconds: float) -> int:
    in_ci = os.environ.get("HALSONAV_CI") == "1"
    red = {"failed", "skipped"} if in_ci else {"failed"}
    width = max(len(outcome.step) for outcome in outcomes)
    print(f"\nWhat ran, in {seconds / 60:.1f} minutes:")
    for outcome in outcomes:
        print(f"  {outcome.state:<8}{outcome.step:<{width}}  {outcome.words}")
    bad = [outcome for outcome in outcomes if outcome.state in red]
    if in_ci and any(outcome.state == "skipped" for outcome in bad):
        print("HALSONAV_CI is set, so what was skipped counts as failed.")
    print(f"{len(bad)} failed." if bad else "All is well.")
    return 1 if bad else 0


# The steps ------------------------------------------------------------------------------------


def sqlite() -> list[Outcome]:
    """Run all but browser and drills on SQLite; the house tests stand under lint."""
    return [_pytest("SQLite", ["-m", QUICK, "-n", "2", "--ignore=tests/house", "tests"])]


def postgres() -> list[Outcome]:
    """Run the same on PostgreSQL."""
    url = os.environ.get("HALSONAV_TEST_POSTGRES", "")
    reason = _why_no_postgres(url)
    if reason:
        return [Outcome("PostgreSQL", "skipped", reason)]
    words = ["-m", ON_POSTGRES, "-n", "2", "--ignore=tests/house", "tests"]
    return [_pytest("PostgreSQL", words, {"HALSONAV_DATABASE": url})]


def journeys() -> list[Outcome]:
    """Walk the site in a browser."""
    browser = chromium()
    if browser is None:
        return [Outcome("browser journeys", "skipped", MISSING)]
    words = ["-m", "journey", "-n", "2", "tests"]
    return [_pytest("browser journeys", words, {"CHROMIUM": browser})]


def lint() -> list[Outcome]:
    """Look at code, types, floors, templates and docs."""
    return [_ran(f"lint: {name}", [str(BIN / words[0]), *words[1:]])[0] for name, words in LINTS]


def drills() -> list[Outcome]:
    """Kill processes, cut wires and fill the disk for real; look at pages in all twelve windows."""
    drilled = _pytest("drills", ["-s", "-m", "drill", "tests/drills"])
    return [drilled, *_in_all_windows()]


def _in_all_windows() -> list[Outcome]:
    browser = chromium()
    if browser is None:
        return [Outcome("all windows", "skipped", MISSING)]
    words = ["-m", "journey", "-n", "2", "tests/journeys/test_finding.py"]
    return [_pytest("all windows", words, {"CHROMIUM": browser, "HALSONAV_ALL_VIEWS": "1"})]


STEPS: Final[Mapping[str, Callable[[], list[Outcome]]]] = {
    "sqlite": sqlite,
    "postgres": postgres,
    "journeys": journeys,
    "lint": lint,
    "drills": drills,
}
USUAL: Final = ["sqlite", "postgres", "journeys", "lint"]


def _why_no_postgres(url: str) -> str:
    """Return why PostgreSQL cannot be used, or nothing when it answers."""
    if not url:
        return "HALSONAV_TEST_POSTGRES is not set, as postgresql://name@127.0.0.1:5432/database"
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error as error:
        return f"HALSONAV_TEST_POSTGRES does not answer: {str(error).strip().splitlines()[0]}"
    return ""


# Running --------------------------------------------------------------------------------------


def _pytest(step: str, words: list[str], more: Mapping[str, str] | None = None) -> Outcome:
    """Run tests; what they skip without a reason that we know makes the step a skipped one."""
    outcome, lines = _ran(step, [sys.executable, "-m", "pytest", "-rs", *words], more)
    reasons = unknown_skips(lines)
    if outcome.state != "ok" or not reasons:
        return outcome
    return Outcome(step, "skipped", f"tests skipped themselves: {'; '.join(reasons)}")


def unknown_skips(lines: Sequence[str]) -> list[str]:
    """Return why tests were skipped, in pytest's own lines, but for what cannot be tried."""
    reasons = (found[1] for found in map(SKIP.fullmatch, lines) if found)
    return [reason for reason in dict.fromkeys(reasons) if reason not in CANNOT]


def _ran(
    step: str, words: list[str], more: Mapping[str, str] | None = None
) -> tuple[Outcome, list[str]]:
    """Run a program, letting its words through; its last line goes into the outcome."""
    print(f"\n== {step}", flush=True)
    began = perf_counter()
    lines = []
    with subprocess.Popen(
        words,
        cwd=ROOT,
        env=_environment(more or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        for line in program.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.strip())
    state = "ok" if program.returncode == 0 else "failed"
    last = next(filter(None, reversed(lines)), "")
    seconds = f"{perf_counter() - began:.0f} s"
    return Outcome(step, state, last if "==" not in last and " in " in last else seconds), lines


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without settings of a real installation, in the test's mode."""
    own: dict[str, str] = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("HALSONAV_") or name in KEPT
    }
    return {**own, "HALSONAV_MODE": "test", **more}


if __name__ == "__main__":
    sys.exit(main())
