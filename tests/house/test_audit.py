"""The audit says what it looked up, and a look at nothing is a failure."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests import audit

TODAY = date(2026, 11, 28)
ACCEPTED = '[[accepted]]\nid = "PYSEC-1"\nday = 2026-11-20\nreason = "Never called."\n'
MANY_PYTHON = audit.python_packages(lambda words: "").of
MANY_NPM = audit.npm_packages(lambda words: "").of


def answers(python: Any, npm: Any) -> audit.Run:
    """Return a runner with these answers, as the two programs write them."""

    def run(words: Sequence[str]) -> str:
        return json.dumps(npm if words[0] == "npm" else python)

    return run


def looked_up(many: int, *found: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"name": f"p{at}", "version": "1", "vulns": []} for at in range(many)
    ]
    rows[0]["vulns"] = [{"id": one, "fix_versions": []} for one in found]
    return {"dependencies": rows, "fixes": []}


CLEAN_NPM: dict[str, Any] = {"vulnerabilities": {}}


def test_all_looked_up_and_nothing_found_is_well() -> None:
    said, code = audit.audit(answers(looked_up(MANY_PYTHON), CLEAN_NPM), "", TODAY)
    assert code == 0
    assert said == [
        f"Python: {MANY_PYTHON} of {MANY_PYTHON} packages looked up on 2026-11-28, 0 advisories.",
        f"npm: {MANY_NPM} of {MANY_NPM} packages looked up on 2026-11-28, 0 advisories.",
    ]


def _skipped(many: int) -> dict[str, Any]:
    """Return what the program writes, with "no known faults", when the index does not answer."""
    return {"dependencies": [{"name": f"p{at}", "skip_reason": "not found"} for at in range(many)]}


@pytest.mark.parametrize(
    ("python", "npm"),
    [
        (_skipped(70), CLEAN_NPM),
        ({"dependencies": []}, CLEAN_NPM),
        ("", CLEAN_NPM),
        ([], CLEAN_NPM),
        (looked_up(MANY_PYTHON), {"message": "405 Method Not Allowed"}),
        (looked_up(MANY_PYTHON), ""),
    ],
)
def test_a_look_at_nothing_fails(python: Any, npm: Any) -> None:
    said, code = audit.audit(answers(python, npm), "", TODAY)
    assert code == 1
    assert any("nothing was looked up" in line for line in said)


def test_a_package_that_was_left_out_fails() -> None:
    said, code = audit.audit(answers(looked_up(MANY_PYTHON - 2), CLEAN_NPM), "", TODAY)
    assert code == 1
    assert "✗ Python: 2 packages were not looked up." in said


def test_an_advisory_fails_until_somebody_has_accepted_it_for_a_reason() -> None:
    run = answers(looked_up(MANY_PYTHON, "PYSEC-1"), CLEAN_NPM)
    said, code = audit.audit(run, "", TODAY)
    assert (code, said[-1]) == (1, "✗ p0 has PYSEC-1.")
    assert audit.audit(run, ACCEPTED, TODAY)[1] == 0
    assert audit.audit(run, ACCEPTED.replace("Never called.", ""), TODAY)[1] == 1
    assert audit.audit(run, ACCEPTED, date(2026, 12, 21))[1] == 1, "it holds for thirty days"


def test_an_advisory_of_npm_fails() -> None:
    npm = {"vulnerabilities": {"a": {"via": [{"url": "https://exempel.se/GHSA-1"}, "b"]}}}
    said, code = audit.audit(answers(looked_up(MANY_PYTHON), npm), "", TODAY)
    assert code == 1
    assert said[-2:] == ["✗ a has GHSA-1.", "✗ a has b."]


def test_what_is_accepted_today_can_be_read() -> None:
    assert audit.accepted(audit.ACCEPTED.read_text("utf-8"), TODAY) is not None
