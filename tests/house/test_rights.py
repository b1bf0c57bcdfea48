"""A snapshot of who may see what is kept per release, and its difference is told."""

from pathlib import Path

import pytest

import halsonav
from halsonav.people.pages import shown_fields
from halsonav.people.pages.shown_fields import Right
from halsonav.people.permissions import ROLE_PERMISSIONS, Permission, Role
from halsonav.people.privacy import register
from tests.house import rights


def test_the_snapshot_of_this_version_is_as_the_code_is() -> None:
    kept = rights.snapshot(halsonav.__version__).read_text("utf-8").splitlines()
    assert kept == rights.lines(), "see what changed; then `python -m tests.house.rights`"


def test_the_changelog_tells_the_difference_to_the_release_before() -> None:
    changelog = (rights.ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = changelog.partition(f"## {halsonav.__version__}")[2].partition("\n## ")[0]
    part = newest.partition(f"### {rights.HEADING}")[2].partition("\n### ")[0]
    said = [line for line in part.splitlines() if line.startswith("- ")]
    assert said == rights.told(), "`python -m tests.house.rights changes` writes it"


def test_a_wider_right_and_a_narrower_one_are_each_a_line() -> None:
    was = ["role host may see_workspace", "role host may edit_activity"]
    now = ["role host may see_workspace", "role coach may read_journal"]
    assert rights.changes(was, now) == [
        "- More: role coach may read_journal",
        "- Less: role host may edit_activity",
    ]
    assert rights.changes(was, was) == []


def test_the_release_before_is_the_nearest_lower_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "FOLDER", tmp_path)
    for version in ("0.9.0", "0.10.0", "0.2.1", "0.11.0"):
        (tmp_path / f"{version}.txt").touch()
    assert rights.before("0.10.1") == tmp_path / "0.10.0.txt"
    assert rights.before("0.10.0") == tmp_path / "0.9.0.txt"
    assert rights.before("0.2.1") is None


def test_a_permission_more_is_a_line_more(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rights.lines()
    wider = ROLE_PERMISSIONS[Role.HOST] | {Permission.READ_JOURNAL}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.HOST, wider)
    assert rights.changes(before, rights.lines()) == ["- More: role host may read_journal"]


def test_a_field_that_more_may_see_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rights.lines()
    narrow = Right(Permission.SEE_PROTECTED, wholly=True)
    monkeypatch.setitem(shown_fields.FIELDS["people.User"], "language", narrow)
    told = rights.changes(before, rights.lines())
    assert [line.partition("field people.User.language is shown to")[0] for line in told] == [
        "- More: ",
        "- Less: ",
    ]


def test_a_stored_field_that_is_no_longer_declared_is_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = rights.lines()
    kept = [one for one in register.entries() if one.model != "people.Invitation"]
    monkeypatch.setattr(register, "_entries", kept)
    told = rights.changes(before, rights.lines())
    assert told
    assert all(line.startswith("- Less: stored people.Invitation.") for line in told)


def test_addresses_tell_who_gets_in_and_of_whose() -> None:
    answers = [
        ("nobody", "login"),
        ("coach", "403"),
        ("chief", "200/404/404"),
        ("all", "302/302/404"),
    ]
    assert list(rights._opened("people:person", "GET", answers)) == [
        "address people:person answers GET by chief",
        "address people:person answers GET by all",
        "address people:person answers GET by all also of another's",
    ]
