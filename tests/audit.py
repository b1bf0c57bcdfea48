"""Holds what the product stands on against the advisories of the day: `make audit` calls this.

It asks the package indexes, so it is no part of `make test`. It says how many packages it looked up
and where, and fails when it looked up none, or not all, or when one has an advisory that nobody has
accepted. An acceptance stands in `docs/accepted-advisories.toml` with a reason and a day, and holds
for thirty days.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
ACCEPTED: Final = ROOT / "docs" / "accepted-advisories.toml"
HOLDS: Final = timedelta(days=30)
PYTHON: Final = (
    sys.executable, "-m", "pip_audit", "--requirement", "requirements-dev.txt", "--require-hashes",
    "--disable-pip", "--format", "json", "--progress-spinner", "off",
)  # fmt: skip
NPM: Final = ("npm", "audit", "--json", "--package-lock-only")
Run = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Report:
    """What was looked up where: how many packages of how many, and advisories by package."""

    where: str
    looked_up: int
    of: int
    found: dict[str, list[str]] = field(default_factory=dict)

    def faults(self, accepted: set[str]) -> list[str]:
        """Return a sentence for each thing that is not as it should be."""
        told = []
        if self.looked_up == 0:
            told.append(f"{self.where}: nothing was looked up, so nothing is known.")
        elif self.looked_up < self.of:
            told.append(f"{self.where}: {self.of - self.looked_up} packages were not looked up.")
        for package, ids in sorted(self.found.items()):
            told += [f"{package} has {one}." for one in ids if one not in accepted]
        return told


def run(words: Sequence[str]) -> str:
    """Run a program and return what it writes; its exit code says only that it found something."""
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout


def python_packages(run: Run) -> Report:
    """Ask about everything in Python's lock."""
    locked = (ROOT / "requirements-dev.txt").read_text("utf-8")
    many = sum("==" in line for line in locked.splitlines() if line[:1].isalnum())
    rows = _json(run(PYTHON)).get("dependencies", [])
    known = [row for row in rows if "vulns" in row]
    found = {row["name"]: [one["id"] for one in row["vulns"]] for row in known if row["vulns"]}
    return Report("Python", len(known), max(many, len(rows)), found)


def npm_packages(run: Run) -> Report:
    """Ask about everything in npm's lock."""
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    many = sum(1 for name in locked["packages"] if name)
    told = _json(run(NPM))
    if "vulnerabilities" not in told:
        return Report("npm", 0, many)
    found = {name: _ids(one["via"]) for name, one in told["vulnerabilities"].items()}
    return Report("npm", many, many, found)


def _ids(via: list[Any]) -> list[str]:
    """Return an advisory's addresses, or through which other package it comes."""
    return [one["url"].rpartition("/")[2] if isinstance(one, dict) else str(one) for one in via]


def _json(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def accepted(text: str, today: date) -> set[str]:
    """Return the advisories that are accepted, each with a reason, within the last thirty days."""
    rows = tomllib.loads(text).get("accepted", [])
    return {row["id"] for row in rows if row["reason"] and today - row["day"] <= HOLDS}


def audit(run: Run, text: str, today: date) -> tuple[list[str], int]:
    """Return what to say, and the exit code."""
    reports = [python_packages(run), npm_packages(run)]
    held = accepted(text, today)
    said = [
        f"{one.where}: {one.looked_up} of {one.of} packages looked up on {today},"
        f" {sum(map(len, one.found.values()))} advisories."
        for one in reports
    ]
    faults = [fault for one in reports for fault in one.faults(held)]
    return said + [f"✗ {fault}" for fault in faults], 1 if faults else 0


if __name__ == "__main__":
    lines, code = audit(run, ACCEPTED.read_text("utf-8"), date.today())  # noqa: DTZ011
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(code)
