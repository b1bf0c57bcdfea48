"""The commands that call one thing each."""

from pathlib import Path

import pytest
from django.db import connection

from halsonav.commands import main
from halsonav.jobs import worker
from halsonav.places.models import Postcode


@pytest.mark.django_db
def test_migrate_leaves_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "No migrations to apply" in capsys.readouterr().out
    assert "people_user" in connection.introspection.table_names()


@pytest.mark.django_db
def test_rebuilding_the_finder_says_how_many_times_can_be_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rebuild-finder"]) == 0
    assert capsys.readouterr().out == "Klart: 0 tillfällen går att hitta.\n"


@pytest.mark.django_db
def test_postcodes_are_read_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "postnummer.csv"
    file.write_text("\ufeffcode;lat;lon;area_slug\n41314;57,69;11,95\n", "utf-8")
    assert main(["import-postcodes", str(file)]) == 0
    assert capsys.readouterr().out == "Klart: 1 postnummer lästes in.\n"
    assert Postcode.objects.get().code == "41314"


@pytest.mark.django_db
def test_bad_rows_are_all_told_and_nothing_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "postnummer.csv"
    file.write_text("41314;57.69;11.95\nabc;1;2\n41315;x;2\n", "utf-8")
    assert main(["import-postcodes", str(file)]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("Rad 2: ")
    assert told[1].startswith("Rad 3: ")
    assert told[2] == "Inget lästes in. Rätta 2 rader och försök igen."
    assert not Postcode.objects.exists()


@pytest.mark.parametrize("name", ["missing.csv", "latin.csv"])
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "latin.csv").write_bytes("41314;57,69;11,95;Gårda".encode("latin-1"))
    assert main(["import-postcodes", str(tmp_path / name)]) == 1
    assert "går inte att läsa" in capsys.readouterr().err


def test_the_worker_works_until_stopped_or_once(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(worker, "work_once", lambda: done.append("once"))
    monkeypatch.setattr(worker, "work_until_stopped", lambda: done.append("until stopped"))
    assert main(["worker", "--once"]) == 0
    assert main(["worker"]) == 0
    assert done == ["once", "until stopped"]
