"""Rooms stand on floors. Each way to climb is tried on a copy of the tree, and must fail."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.floors import (
    ROOT,
    Floors,
    room_by_label,
    unknown_components,
    upward_relations,
    upward_templates,
)

LINT_IMPORTS = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
RUFF = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251"]
FLOORS = [sys.executable, "-m", "tests.house.floors"]


@pytest.fixture(scope="module")
def whole_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the checks read: code, templates, the contracts, and the checks themselves."""
    copy = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__", "content", "locale", "css", "img")
    shutil.copytree(ROOT / "halsonav", copy / "halsonav", ignore=leave)
    shutil.copytree(ROOT / "tests" / "house", copy / "tests" / "house", ignore=leave)
    for name in ("pyproject.toml", "tests/__init__.py", "tests/mode.py"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture
def copy(whole_copy: Path, tmp_path: Path) -> Path:
    """Return a copy that the test may spoil."""
    return Path(shutil.copytree(whole_copy, tmp_path / "copy"))


def _run(words: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        cwd=where,
        env=os.environ | {"PYTHONPATH": str(where)},
        capture_output=True,
        text=True,
        check=False,
    )


def _add(text: str, to: str) -> Callable[[Path], None]:
    def spoil(copy: Path) -> None:
        path = copy / to
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_text("utf-8") if path.exists() else ""
        path.write_text(old + text, "utf-8")

    return spoil


def test_the_contracts_are_kept() -> None:
    ran = _run(LINT_IMPORTS, ROOT)
    assert ran.returncode == 0, ran.stdout
    assert "0 broken" in ran.stdout


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_add('"""Odds and ends."""\n', "halsonav/utils/__init__.py"), "halsonav.utils"),
        (_add("\nimport halsonav.programme.models\n", "halsonav/people/journal.py"), "people"),
        (_add("\nimport halsonav.places.models\n", "halsonav/messages/models.py"), "messages"),
        (_add("\nimport halsonav.people.actions\n", "halsonav/people/queries.py"), "queries"),
        (
            _add(
                "\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
                "    from halsonav.programme.models import Activity\n",
                "halsonav/people/journal.py",
            ),
            "halsonav.people is not allowed to import halsonav.programme",
        ),
        (_add("\nimport django\n", "halsonav/lib/text.py"), "django"),
        (_add('"""A page."""\n', "halsonav/website/other_view.py"), "halsonav.website.other_view"),
        (_add('"""A subject."""\n', "halsonav/programme/other.py"), "halsonav.programme.other"),
        (
            _add("\nimport halsonav.website.views\n", "halsonav/website/subject_view.py"),
            "halsonav.website.subject_view is not allowed to import halsonav.website.views",
        ),
        (
            _add("\nimport halsonav.places.actions\n", "halsonav/places/nearness.py"),
            "halsonav.places.nearness is not allowed to import halsonav.places.actions",
        ),
        (
            _add("\nimport halsonav.programme.panels\n", "halsonav/programme/planning.py"),
            "halsonav.programme.planning is not allowed to import halsonav.programme.panels",
        ),
        (_add("\nimport halsonav.lib.dates\n", "halsonav/lib/text.py"), None),
    ],
    ids=[
        "utils",
        "upward",
        "sideways",
        "upward-in-a-room",
        "upward-for-types",
        "django-in-lib",
        "a-view-without-a-place",
        "a-subject-without-a-place",
        "a-page-that-asks-all-views",
        "a-subject-that-asks-an-action",
        "a-subject-that-asks-a-panel",
        "allowed",
    ],
)
def test_an_import_that_climbs_breaks_a_contract(
    copy: Path, spoil: Callable[[Path], None], says: str | None
) -> None:
    spoil(copy)
    ran = _run(LINT_IMPORTS, copy)
    if says is None:
        assert ran.returncode == 0, ran.stdout
    else:
        assert ran.returncode == 1
        assert "BROKEN" in ran.stdout
        assert says in ran.stdout


def test_foreign_keys_lead_down() -> None:
    rooms = room_by_label(apps.get_app_configs())
    every = list(apps.get_models(include_auto_created=True))
    assert {"people", "places", "programme", "messages", "jobs"} <= set(rooms.values())
    assert upward_relations(every, rooms, Floors()) == []


@isolate_apps()
def test_a_foreign_key_by_name_that_leads_up_is_seen() -> None:
    class Wing(models.Model):
        activity = models.ForeignKey("programme.Activity", on_delete=models.CASCADE)
        areas = models.ManyToManyField("places.Area")
        friend = models.ForeignKey("self", on_delete=models.CASCADE)
        user = models.ForeignKey("people.User", on_delete=models.CASCADE)

        class Meta:
            app_label = "people"

    rooms = room_by_label(apps.get_app_configs())
    assert upward_relations([Wing], rooms, Floors()) == [
        "people.Wing.activity → programme",
        "people.Wing.areas → places",
    ]


def test_templates_look_down() -> None:
    assert upward_templates(ROOT, Floors()) == []


def test_every_component_that_is_used_exists() -> None:
    assert unknown_components(ROOT) == []


def test_the_tree_passes_as_it_is(whole_copy: Path) -> None:
    ran = _run(FLOORS, whole_copy)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            _add(
                "\n\nclass Wing(models.Model):\n"
                '    """Climbs."""\n\n'
                '    activity = models.ForeignKey("programme.Activity", models.CASCADE)\n',
                "halsonav/people/models/tree.py",
            ),
            "people.Wing.activity → programme",
        ),
        (
            _add('{% include "programme/_card_row.html" %}', "halsonav/desk/templates/desk/a.html"),
            "_card_row.html",
        ),
        (
            _add('{% extends "website/start.html" %}', "halsonav/design/templates/design/a.html"),
            "website/start.html",
        ),
        (
            _add('NAME = "website/start.html"\n', "halsonav/people/journal.py"),
            "people/journal.py → website/start.html",
        ),
    ],
    ids=["foreign-key", "include", "extends", "template-named-in-python"],
)
def test_what_climbs_past_the_imports_is_caught(
    copy: Path, spoil: Callable[[Path], None], says: str
) -> None:
    spoil(copy)
    ran = _run(FLOORS, copy)
    assert ran.returncode == 1, ran.stderr
    assert says in ran.stdout


def test_a_component_of_a_room_above_is_caught(copy: Path) -> None:
    _add("<p></p>", "halsonav/website/templates/cotton/board_of_all.html")(copy)
    _add("<c-board-of-all />", "halsonav/people/templates/people/a.html")(copy)
    assert upward_templates(copy, Floors()) == [
        "halsonav/people/templates/people/a.html → cotton/board_of_all.html"
    ]


@pytest.mark.parametrize(
    ("file", "fine"),
    [
        ("halsonav/people/actions/user.py", False),
        ("halsonav/programme/finder/reading.py", False),
        ("halsonav/desk/views.py", True),
        ("halsonav/people/views/user.py", True),
    ],
)
def test_requests_and_answers_belong_to_views(file: str, fine: bool) -> None:
    ran = subprocess.run(
        [*RUFF, "--stdin-filename", file, "-"],
        input="from django.http import HttpResponse\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode == 0) is fine, ran.stdout
    assert fine or "TID251" in ran.stdout
