"""What watches over a process is told whether it lives and can answer, and nothing else."""

from collections import namedtuple
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from halsonav.config import health

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")
ALIVE, READY = "/status/lever/", "/status/redo/"


@pytest.fixture(autouse=True)
def not_looked_at_yet(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    health._is_migrated.cache_clear()


@pytest.mark.parametrize("path", [ALIVE, READY])
def test_a_process_that_can_answer_says_so(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert not answer.cookies
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("no password for user halsonav on 10.0.0.7")

    monkeypatch.setattr("halsonav.config.health.connection.cursor", refuse)


def _old_database(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = "halsonav.config.health.MigrationExecutor.migration_plan"
    monkeypatch.setattr(plan, lambda self, targets: [1])


def _full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("halsonav.config.health.shutil.disk_usage", lambda folder: Usage(9, 9, 0))


def _no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: object) -> None:
        raise FileNotFoundError("/var/lib/halsonav")

    monkeypatch.setattr("halsonav.config.health.shutil.disk_usage", refuse)


@pytest.mark.parametrize("broken", [_no_database, _old_database, _full_disk, _no_folder])
def test_one_that_cannot_answer_people_lives_but_is_not_ready_and_does_not_say_why(
    broken: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(broken)
    broken(monkeypatch)
    answer = Client().get(READY)
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    assert answer.headers["Retry-After"] == "5"
    assert Client().get(ALIVE).status_code == 200
    assert "Not ready: the" in caplog.text or "Not ready: there" in caplog.text
    assert "10.0.0.7" not in caplog.text


def test_the_shape_of_the_database_is_asked_for_until_it_is_right(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    _old_database(monkeypatch)
    assert Client().get(READY).status_code == 503
    monkeypatch.undo()
    assert Client().get(READY).status_code == 200
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        assert Client().get(READY).status_code == 200
