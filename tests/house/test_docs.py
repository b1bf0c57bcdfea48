"""What is documented is true, and what is true is documented."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

import halsonav
from halsonav.commands import COMMANDS
from halsonav.config.environment import SETTINGS, Setting
from halsonav.people.permissions import Permission, Role
from tests.house.floors import ROOT, Floors
from tests.house.roles_table import roles_table

DOCS = ROOT / "docs"
OF_TESTS = {"HALSONAV_ALL_VIEWS", "HALSONAV_CI", "HALSONAV_TEST_POSTGRES"}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("halsonav.")]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
ROOMS = [room for room in Floors().height if (ROOT / "halsonav" / room).is_dir()]
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "halsonav").glob("*/README.md")])


def _page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _row_of(name: str, page: str) -> str:
    """Return the table row whose first cell is the name, in code or plain."""
    rows = re.findall(rf"^\| `?{re.escape(name)}`? \|.*$", page, re.MULTILINE)
    assert len(rows) == 1, f"{name} has {len(rows)} rows"
    return str(rows[0])


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting: Setting) -> None:
    row = _row_of(setting.name, _page("docs/settings.md"))
    assert setting.holds in row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {setting.name for setting in SETTINGS} | OF_TESTS
    told = {name for page in PAGES for name in re.findall(r"HALSONAV_[A-Z_]+", page.read_text())}
    assert told <= known


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert COMMANDS[command] in _row_of(f"halsonav {command}", _page("docs/commands.md"))


def test_no_command_is_documented_that_does_not_exist() -> None:
    told = {
        name
        for page in PAGES
        for name in re.findall(r"`(?:\S*/)?halsonav ([a-z][a-z-]+)", page.read_text("utf-8"))
    }
    assert told <= set(COMMANDS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_has_its_swedish_word_in_the_glossary(model: type[Model]) -> None:
    assert f"| {model._meta.verbose_name} |" in _row_of(model.__name__, _page("docs/glossary.md"))


def test_the_table_of_roles_is_that_of_the_code() -> None:
    page = _page("docs/roles.md")
    assert roles_table() in page, "run `python -m tests.house.roles_table` and put it in"
    assert all(f"`{role.value}`" in page for role in Role)
    assert all(f"`{permission}`" in page for permission in Permission)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_in_the_architecture(room: str) -> None:
    assert _row_of(room, _page("docs/architecture.md"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_knows_and_what_it_never_does(room: str) -> None:
    page = _page(f"halsonav/{room}/README.md")
    assert re.match(rf"# {room}\b", page)
    assert re.search(r"\bKnows\b", page)
    assert re.search(r"\bnever\b", page, re.IGNORECASE)
    assert len([line for line in page.splitlines() if line]) >= 5


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_first_screen_tells_how_to_try_and_how_to_test() -> None:
    first = "\n".join(_page("README.md").splitlines()[:40])
    for words in ("make demo", "make test", "docs/pictures/start.png"):
        assert words in first


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {halsonav.__version__}" in _page("CHANGELOG.md")


@pytest.mark.parametrize("page", sorted((DOCS / "adr").glob("*.md")), ids=lambda page: page.stem)
def test_a_decision_says_why_what_and_what_follows(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]


def test_make_knows_what_the_docs_ask_for() -> None:
    targets = set(re.findall(r"^([a-z]+):", _page("Makefile"), re.MULTILINE))
    told = {
        name
        for page in PAGES
        for name in re.findall(r"(?:`|^ *|&& )make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"setup", "demo", "test", "lint", "bench", "drill", "lock", "clean"} <= targets
    assert told <= targets
