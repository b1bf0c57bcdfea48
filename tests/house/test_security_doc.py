"""docs/security.md answers every requirement, names tests that there are, and counts rightly."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings

from halsonav.people.permissions import Role
from halsonav.people.rotation import encrypted_fields
from halsonav.people.signing_in.policies import DEFAULTS
from halsonav.people.signing_in.throttle import LIMITS
from tests.house.floors import ROOT

PAGE: Final = (ROOT / "docs" / "security.md").read_text("utf-8")
IDS: Final = dict(
    line.split() for line in Path(__file__).with_name("asvs.txt").read_text("utf-8").splitlines()
)
ROW: Final = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| (met|n\.a\.|open) \| ([^|]*) \|$", re.MULTILINE
)
TEST: Final = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
COMMAND: Final = re.compile(r"`make (\w+)`")
COUNTS: Final = re.compile(r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
MOST_WORDS: Final = 14


@dataclass(frozen=True)
class Answer:
    """A row: which requirement, its level, what it is about, and what is answered."""

    id: str
    level: str
    about: str
    state: str
    said: str


def read(page: str) -> list[Answer]:
    return [Answer(*row) for row in ROW.findall(page)]


def faults(answers: list[Answer]) -> list[str]:
    """Return a sentence for each answer that does not say what it must."""
    told = [f"{id_} is not answered once" for id_, many in _times(answers).items() if many != 1]
    for one in answers:
        told += [f"{one.id} has another level"] if IDS.get(one.id) != one.level else []
        told += [f"{one.id} {fault}" for fault in _faults_of(one)]
    return told


def _times(answers: list[Answer]) -> Counter[str]:
    times = Counter(dict.fromkeys(IDS, 0))
    times.update(one.id for one in answers)
    return times


def _faults_of(one: Answer) -> list[str]:
    if one.state != "met":
        return [] if len(one.said.split()) >= 2 else ["gives no words"]
    named, commands = TEST.findall(one.said), COMMAND.findall(one.said)
    if not named and not commands:
        return ["is met by nothing"]
    return _missing(named) + [
        f"names make {word}" for word in commands if f"\n{word}:" not in _makefile()
    ]


def _missing(named: list[tuple[str, str]]) -> list[str]:
    return [f"names {file}::{name}" for file, name in named if not _is_there(file, name)]


def _is_there(file: str, name: str) -> bool:
    path = ROOT / file
    return path.is_file() and f"def {name}(" in path.read_text("utf-8")


def _makefile() -> str:
    return (ROOT / "Makefile").read_text("utf-8")


def test_every_requirement_of_both_levels_is_in_the_list() -> None:
    assert Counter(IDS.values()) == {"1": 70, "2": 183}


def test_every_requirement_has_one_answer_that_holds() -> None:
    assert faults(read(PAGE)) == []


def test_every_test_that_the_page_names_is_there() -> None:
    assert _missing(TEST.findall(PAGE)) == []


def test_the_counts_are_true() -> None:
    (counted,) = COUNTS.findall(PAGE)
    states = Counter(one.state for one in read(PAGE))
    told = [states["met"], states["n.a."], states["open"], len(IDS)]
    assert [int(number) for number in counted] == told


def test_what_a_requirement_is_about_is_said_in_few_words() -> None:
    assert [one.id for one in read(PAGE) if len(one.about.split()) > MOST_WORDS] == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("| 1.1.1 | 2 | a | met | `tests/house/test_security_doc.py::test_that_is_not` |", "names"),
        ("| 1.1.1 | 2 | a | met | `tests/house/test_nowhere.py::test_a` |", "names"),
        ("| 1.1.1 | 2 | a | met | `make nothing` |", "names make"),
        ("| 1.1.1 | 2 | a | met | we are careful |", "is met by nothing"),
        ("| 1.1.1 | 2 | a | open |  |", "gives no words"),
        ("| 1.1.1 | 1 | a | open | no test |", "another level"),
        ("| 99.1.1 | 1 | a | open | no test |", "another level"),
        ("", "is not answered once"),
    ],
)
def test_a_row_that_does_not_hold_is_found(row: str, fault: str) -> None:
    others = [one for one in read(PAGE) if one.id != "1.1.1"]
    assert any(fault in said for said in faults(others + read(row)))


def test_an_answer_that_stands_twice_is_found() -> None:
    answers = read(PAGE)
    assert faults([*answers, answers[0]]) == [f"{answers[0].id} is not answered once"]


def test_the_limits_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+/\w+)` \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    told = {kind: (int(most), timedelta(minutes=int(within))) for kind, most, within in rows}
    assert told == {kind: tuple(limit) for kind, limit in LIMITS.items()}


def test_the_times_of_sign_ins_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (✓?) \|$", PAGE, re.MULTILINE)
    told = {
        Role(role): (timedelta(minutes=int(idle)), timedelta(hours=int(most)), bool(two))
        for role, idle, most, two in rows
    }
    assert told == {
        role: (one.idle, one.absolute, one.two_factors) for role, one in DEFAULTS.items()
    }


def test_every_way_of_signing_in_is_told() -> None:
    ways = {*Authenticator.Type.values, "password", *settings.SOCIALACCOUNT_PROVIDERS}
    rows = PAGE.partition("## Ways to sign in")[2].partition("###")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == ways


def test_every_encrypted_column_is_in_the_inventory() -> None:
    keys = PAGE.partition("## Keys")[2].partition("\n## ")[0]
    columns = [
        f"`{model._meta.label}.{name}`" for model, names in encrypted_fields() for name in names
    ]
    assert columns
    assert [column for column in columns if column not in keys] == []
