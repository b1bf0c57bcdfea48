"""The journal's head outside the database: a chain that is written anew shows against it."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halsonav.commands import main
from halsonav.jobs.schedule import jobs
from halsonav.people import journal, journal_heads
from halsonav.people.models import JournalEntry, JournalHead
from tests.conftest import unlocked_journal
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def write(many: int) -> None:
    thing = OrganisationFactory.create()
    for _ in range(many):
        with transaction.atomic():
            journal.record(by=None, verb="try", about=thing)


def write_anew(from_number: int) -> None:
    """Change an entry and make every hash after it right again, as whoever has the database can."""
    with unlocked_journal():
        last = ""
        for entry in JournalEntry.objects.order_by("number"):
            entry.verb = "other" if entry.number == from_number else entry.verb
            entry.previous_hash = last
            entry.hash = last = journal._hash_of(entry)
            entry.save()
        JournalHead.objects.update(hash=last)


def test_each_night_writes_a_row_and_the_chain_holds_against_all(own_folder: Path) -> None:
    for _ in range(3):
        write(2)
        journal_heads.export()
    assert [head.number for head in journal_heads.read()] == [2, 4, 6]
    assert journal.verify(*journal_heads.read()) is None
    assert {job.name for job in jobs()} >= {"people.export_journal_head"}


def test_a_chain_written_anew_is_whole_in_itself_and_shows_against_the_file() -> None:
    write(4)
    journal_heads.export()
    write(3)
    write_anew(2)
    assert journal.verify() is None
    assert journal.verify(*journal_heads.read()) == journal.Fault(4, "not the known head")


@settings(
    max_examples=25,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changed=st.integers(1, 6), exported=st.integers(1, 6))
def test_whatever_was_changed_before_a_head_was_written_down_is_found(
    changed: int, exported: int
) -> None:
    with transaction.atomic():
        JournalHead.objects.all().delete()
        with unlocked_journal():
            JournalEntry.objects.all().delete()
        write(exported)
        head = journal.head()
        write(6 - exported)
        write_anew(changed)
        fault = journal.verify(head)
        assert (fault is not None) is (changed <= exported)
        transaction.set_rollback(True)


def test_the_command_says_it_and_takes_a_copy_from_elsewhere(
    own_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(3)
    journal_heads.export()
    copy = tmp_path / "elsewhere.txt"
    copy.write_bytes(journal_heads.file().read_bytes())
    assert main(["verify-journal"]) == 0
    assert "antal poster: 3, jämförda slut: 1" in capsys.readouterr().out
    journal_heads.file().unlink()
    write_anew(1)
    assert main(["verify-journal"]) == 0, "without the file it is whole in itself"
    assert main(["verify-journal", "--heads", str(copy)]) == 1
    assert "Post 3 är inte den som stod där" in capsys.readouterr().err


@pytest.mark.parametrize("row", ["nonsense", "2026-11-22 x y", "a b c d"])
def test_a_file_that_was_tampered_with_is_told(
    row: str, own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(1)
    journal_heads.export()
    with journal_heads.file().open("a") as kept:
        kept.write(row + "\n")
    assert main(["verify-journal"]) == 1
    assert "Rad 2" in capsys.readouterr().err


def test_a_copy_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-journal", "--heads", "/finns/inte"]) == 1
    assert "finns inte" in capsys.readouterr().err


def test_a_known_head_is_not_outvoted_by_a_later_one_of_the_same_number() -> None:
    write(2)
    true = journal.head()
    write_anew(2)
    assert journal.verify(journal.head()) is None
    fault = journal.Fault(2, "not the known head")
    for known in ([true], [true, journal.head()], [journal.head(), true]):
        assert journal.verify(*known) == fault
