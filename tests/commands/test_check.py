"""`halsonav check` says in words how the installation is, and what is wrong."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import Settings

from halsonav.commands import check, inspection, main
from halsonav.commands.inspection import Finding
from halsonav.people import journal_heads
from halsonav.people.actions import change_organisation
from halsonav.people.journal import record
from halsonav.people.models import Centre, JournalEntry, JournalHead, User
from halsonav.programme.models import FinderState
from tests.conftest import unlocked_journal
from tests.factories.programme import TUESDAY, OccurrenceFactory, published


@pytest.fixture
def all_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "ON_THE_MACHINE", (lambda: Finding(True, "Allt finns."),))


@pytest.mark.django_db
def test_all_is_well(all_good: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    told = capsys.readouterr()
    assert "HALSONAV_MODE: test" in told.out
    assert "HALSONAV_SECRET_KEY: demons egen" in told.out
    assert "✓ Allt finns." in told.out
    assert "✓ Databasen är redo för den här versionen." in told.out
    assert told.err == ""


@pytest.mark.django_db
def test_one_fault_is_enough_to_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(inspection, "ON_THE_MACHINE", (lambda: Finding(False, "Något saknas."),))
    assert main(["check"]) == 1
    assert capsys.readouterr().err == "✗ Något saknas.\n"


def test_wrong_settings_are_all_told_with_how_to_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("HALSONAV_MODE")
    monkeypatch.delenv("HALSONAV_DATABASE", raising=False)
    assert main(["check"]) == 1
    told = capsys.readouterr().err
    assert told.count("✗") == 6
    assert check.HINT in told


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALSONAV_SECRET_KEY", "s" * 50)
    monkeypatch.setenv("HALSONAV_DATABASE", "postgresql://namn:hemligt@db/halsonav")
    told = "\n".join(check._settings())
    assert "sss" not in told
    assert "hemligt" not in told
    assert told.count("satt, visas inte") == 2


def test_a_database_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> object:
        raise DatabaseError("connection refused\nand more")

    monkeypatch.setattr(connection, "cursor", refused)
    findings = inspection.inspect()
    assert [finding.words for finding in findings if "Databasen" in finding.words] == [
        "Databasen svarar inte (connection refused). Se HALSONAV_DATABASE."
    ]


@pytest.mark.django_db
def test_migrations_that_wait_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = "halsonav.commands.inspection.MigrationExecutor.migration_plan"
    monkeypatch.setattr(plan, lambda self, targets: [1, 2])
    assert inspection.migrations_are_run() == Finding(
        False, "2 ändringar av databasen väntar. Kör `halsonav migrate`."
    )


@pytest.mark.django_db
def test_an_empty_finder_is_told_when_something_published_is_to_come() -> None:
    nothing = Finding(True, "Inget som är publicerat ligger framåt i tiden.")
    assert inspection.finder_is_built() == nothing
    moment = TUESDAY + timedelta(hours=3)
    with time_machine.travel(moment, tick=False):
        occurrence = OccurrenceFactory.create(slot=TUESDAY)
        assert inspection.finder_is_built() == nothing, "it is over"
        OccurrenceFactory.create(activity=occurrence.activity, slot=TUESDAY + timedelta(days=7))
        assert not inspection.finder_is_built().good


@pytest.mark.django_db
def test_a_whole_journal_is_told(coordinator: User) -> None:
    assert inspection.journal_is_whole() == Finding(
        True, "Journalens kedja är hel (antal poster: 0, jämförda slut: 0)."
    )
    record(by=None, verb="change", about=coordinator)
    assert inspection.journal_is_whole() == Finding(
        True, "Journalens kedja är hel (antal poster: 1, jämförda slut: 0)."
    )


@pytest.mark.django_db
def test_heads_that_are_gone_are_missed_when_the_journal_is_a_day_old(
    coordinator: User, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    record(by=None, verb="change", about=coordinator)
    assert inspection.journal_is_whole().good
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        missed = inspection.journal_is_whole()
        assert not missed.good
        assert "finns inte nedskrivet" in missed.words
        journal_heads.export()
        assert inspection.journal_is_whole().good


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.filter(number=2).update(verb="other"), "Post 2 är ändrad."),
        (lambda rows: rows.filter(number=2).delete(), "Post 2 saknas."),
        (lambda rows: rows.filter(number=3).delete(), "Slutet är borttaget från post 3."),
        (
            lambda rows: JournalHead.objects.update(hash="0" * 64),
            "Post 3 stämmer inte med journalens slut.",
        ),
    ],
)
def test_a_broken_journal_is_told_and_fails(
    all_good: None,
    coordinator: User,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[QuerySet[JournalEntry]], object],
    told: str,
) -> None:
    for _ in range(3):
        record(by=None, verb="change", about=coordinator)
    with unlocked_journal():
        change(JournalEntry.objects.all())
    assert main(["check"]) == 1
    assert f"✗ Journalens kedja är bruten. {told} " in capsys.readouterr().err


@pytest.mark.django_db
def test_a_finder_from_before_an_upgrade_is_told_until_it_is_rebuilt(
    all_good: None, capsys: pytest.CaptureFixture[str]
) -> None:
    published("Promenad", timezone.now() + timedelta(days=1))
    assert main(["check"]) == 0
    FinderState.objects.update(written_by="")  # as the migration leaves it
    assert main(["check"]) == 1
    assert "✗ Sökningen är byggd av en annan version." in capsys.readouterr().err
    assert main(["rebuild-finder"]) == 0
    assert main(["check"]) == 0


def test_a_folder_that_is_missing_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert inspection.data_folder_can_be_written().good
    settings.DATA_DIR = tmp_path / "nowhere"
    assert not inspection.data_folder_can_be_written().good


@pytest.mark.parametrize(("mode", "good"), [("test", False), ("demo", True), ("production", True)])
def test_the_tests_own_mode_is_told(settings: Settings, mode: str, good: bool) -> None:
    settings.MODE = mode
    assert inspection.mode_is_for_people in inspection.ON_THE_MACHINE
    assert inspection.mode_is_for_people().good is good


def test_a_missing_dictionary_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert inspection.dictionary_is_there().good
    monkeypatch.setattr(inspection, "SWEDISH_DICTIONARY", tmp_path / "index")
    assert inspection.dictionary_is_there().words.endswith("Kör `npm ci`.")


@pytest.mark.parametrize("fresh", [True, False])
def test_what_is_not_built_is_told(monkeypatch: pytest.MonkeyPatch, fresh: bool) -> None:
    monkeypatch.setattr("halsonav.commands.build.Part.is_fresh", lambda self: fresh)
    told = inspection.everything_is_built()
    assert told.good is fresh
    assert fresh or "stilmall och typsnitt, översättningar, ordlista" in told.words


@pytest.mark.parametrize(
    ("name", "bad", "good", "look"),
    [
        ("ORIGIN", "http://a.exempel.se", "https://a.exempel.se", inspection.origin_is_encrypted),
        ("ALLOWED_HOSTS", ["b.exempel.se"], ["a.exempel.se"], inspection.origin_is_answered),
        ("MAIL", {}, {"host": "post.exempel.se"}, inspection.messages_are_sent),
    ],
)
def test_what_matters_for_real_is_looked_at(
    settings: Settings, name: str, bad: object, good: object, look: inspection.Look
) -> None:
    settings.ORIGIN = "https://a.exempel.se:443"
    setattr(settings, name, bad)
    assert not look().good
    setattr(settings, name, good)
    assert look().good


@pytest.mark.django_db
def test_a_real_installation_is_looked_at_more(settings: Settings) -> None:
    before = len(inspection.inspect())
    settings.MODE = "production"
    more = len(inspection.WHEN_IT_IS_FOR_REAL) + len(inspection._unsafe(people_too=True))
    more += 1  # who answers for personal data
    assert len(inspection.inspect()) == before + more


@pytest.mark.django_db
def test_how_who_answers_for_personal_data_is_reached_must_be_known(centrum: Centre) -> None:
    top = centrum.organisation.top
    for known in ({}, {"data_contact": "data@kommun.exempel.se"}):
        change_organisation(by=None, organisation=top, parent=None, **known)
        found = inspection.who_answers_is_reached()
        assert not found.good
        assert top.name in found.words
    change_organisation(
        by=None, organisation=top, parent=None, officer_contact="ombud@kommun.exempel.se"
    )
    assert inspection.who_answers_is_reached().good
