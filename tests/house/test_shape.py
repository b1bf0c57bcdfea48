"""How the code is written: small, plainly named, without the doors through which houses rot."""

from pathlib import Path

import pytest

from tests.house.floors import ROOT
from tests.house.shape import BANNED_NAMES, TYPICAL_FUNCTION, faults_in, typical_length

SOURCES = sorted(
    path for path in (ROOT / "halsonav").rglob("*.py") if "migrations" not in path.parts
)
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_has_the_shape_of_the_house(path: Path) -> None:
    assert faults_in(path.read_text("utf-8")) == []


def test_functions_are_mostly_under_ten_lines() -> None:
    assert typical_length([path.read_text("utf-8") for path in SOURCES]) < TYPICAL_FUNCTION


def test_no_file_is_named_for_nothing() -> None:
    named = {path: {path.stem, *path.relative_to(ROOT).parts} for path in (*SOURCES, *TESTS)}
    assert [path for path, words in named.items() if words & BANNED_NAMES] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("from os import *", "1: import of everything"),
        ("def f():\n    import os\n    g()", "2: import inside a function"),
        ("from django.db.models.signals import post_save", "1: signals: call an action instead"),
        ("from django.dispatch import receiver", "1: signals: call an action instead"),
        ("models.signals.post_save.connect(f)", "1: signals: call an action instead"),
        (
            "class A(models.Model):\n    def save(self):\n        f()",
            "2: logic in save(): write an action",
        ),
        (
            "class A(models.Model):\n    class Meta:\n        ordering = ['a']",
            "3: Meta.ordering: say the order where you list",
        ),
        ("def f():\n" + "    g()\n" * 60, "1: f has 61 lines, at most 60"),
        ("a = 1\n" * 601, "1: 601 lines, at most 600"),
    ],
)
def test_what_the_house_does_not_allow_is_seen(text: str, fault: str) -> None:
    assert faults_in(text) == [fault]


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import os  # noqa: PLC0415 (models first)\n    g()",
        "class F(forms.Form):\n    def save(self):\n        f()",
        "def f():\n" + '    """' + "Tell.\n" * 80 + '    """\n    g()\n',
        "def table():\n    return {\n" + "        1: 2,\n" * 80 + "    }\n",
    ],
)
def test_what_is_allowed_passes(text: str) -> None:
    assert faults_in(text) == []


def test_the_typical_length_is_the_median() -> None:
    assert typical_length(["def a():\n    f()\n\n\ndef b():\n" + "    f()\n" * 11]) == 7
