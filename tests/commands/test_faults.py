"""What stops a command, and an operator can mend, is one sentence that names the variable."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError

from halsonav.commands import faults, main

NOWHERE = "postgresql://nobody:hemligt@127.0.0.1:1/nothing"
POSTCODES = "halsonav/demo/content/postcodes.csv"
DATABASE_COMMANDS = (
    ["migrate"],
    ["worker", "--once"],
    ["rebuild-finder"],
    ["demo", "--no-server"],
    ["import-postcodes", POSTCODES],
)


def ran(words: list[str], **variables: str) -> tuple[int, list[str]]:
    """Return the exit code and the lines of complaint of a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "halsonav.commands", *words],
        env={"HALSONAV_MODE": "demo", "PATH": ""} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


@pytest.mark.parametrize("words", DATABASE_COMMANDS, ids=lambda words: words[0])
def test_a_database_that_does_not_answer_is_said(words: list[str], tmp_path: Path) -> None:
    code, told = ran(words, HALSONAV_DATABASE=NOWHERE, HALSONAV_DATA=str(tmp_path))
    assert (code, told) == (
        1,
        ["Databasen i HALSONAV_DATABASE svarar inte; `halsonav check` säger varför."],
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["migrate"], "Databasen demo.sqlite3 i mappen i HALSONAV_DATA svarar inte; `halsonav"),
        (["demo", "--no-server"], "HALSONAV_DATA är ”{folder}”, men ska innehålla en mapp som"),
    ],
)
def test_a_folder_that_cannot_be_made_is_said(words: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    code, lines = ran(words, HALSONAV_DATA=str(folder))
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(told.format(folder=folder))


@pytest.mark.parametrize("words", [["worker", "--once"], ["rebuild-finder"]])
def test_a_database_that_is_not_migrated_is_said(words: list[str], tmp_path: Path) -> None:
    code, told = ran(words, HALSONAV_DATABASE=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert (code, len(told)) == (1, 1)
    assert told[0].startswith("Databasen i HALSONAV_DATABASE är inte redo för den här versionen;")
    assert told[0].endswith("kör `halsonav migrate`.")


@pytest.mark.django_db
def test_a_database_in_order_that_refuses_is_said_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HALSONAV_DATABASE", "sqlite:///var/any.sqlite3")
    told = faults.sentence(OperationalError("database is locked\nand more"))
    assert told == "Databasen i HALSONAV_DATABASE tog inte emot det här (database is locked)."


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        ValueError("wrong"),
        IntegrityError("twice"),
        ProgrammingError("no such column"),
        FileNotFoundError(2, "missing", "/elsewhere/entirely"),
        OSError("without a name"),
    ],
)
def test_a_fault_of_our_own_is_shown_whole(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(options: object) -> int:
        raise error

    monkeypatch.setattr("halsonav.commands.build.run", broken)
    with pytest.raises(type(error)):
        main(["build"])
