"""`halsonav check` says in words what is unsafe, and nothing where all is well."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from halsonav.commands import inspection, safety
from halsonav.config import environment
from halsonav.people import journal_heads
from halsonav.people.actions import demand
from halsonav.people.models import Role, RoleAssignment
from tests.factories.keys import key_of
from tests.factories.people import user_with

pytestmark = pytest.mark.django_db
ELSEWHERE = {"HOST": "db.exempel.se", "NAME": "halsonav", "OPTIONS": {}}


@pytest.fixture
def safe(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Set everything as it should be."""
    tmp_path.chmod(0o700)
    settings.DATA_DIR = tmp_path
    settings.SECURE_BROWSER, settings.PROXIES = True, 1
    settings.BACKUP_RECIPIENT = "age1" + "q" * 58
    monkeypatch.setattr(safety, "_database_files", list)
    journal_heads.export()
    key_of(user_with(Role.OPERATOR), "key")
    return settings


def told() -> list[str]:
    return [*safety.faults_of_settings(), *safety.faults_of_people()]


def test_where_all_is_safe_nothing_is_said(safe: Settings) -> None:
    assert told() == []
    assert [one.good for one in inspection._unsafe(people_too=True)] == [True]


def _folder_open(settings: Any) -> None:
    Path(settings.DATA_DIR).chmod(0o755)


def _no_proxy(settings: Any) -> None:
    settings.PROXIES = 0


def _earlier_secret(settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = ["an earlier one"]


def _no_recipient(settings: Any) -> None:
    settings.BACKUP_RECIPIENT = ""


def _no_head(settings: Any) -> None:
    journal_heads.file().unlink()


def _old_head(settings: Any) -> None:
    before = (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(journal_heads.file(), (before, before))


def _no_operator(settings: Any) -> None:
    RoleAssignment.objects.all().delete()


def _one_step(settings: Any) -> None:
    user_with(Role.OPERATOR)


def _let_off(settings: Any) -> None:
    demand(by=None, role=Role.COACH, two_factors=False, idle_minutes=30, absolute_hours=12)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_folder_open, "Andra på datorn kommer åt"),
        (_no_proxy, "HALSONAV_PROXIES är 0"),
        (_earlier_secret, "HALSONAV_EARLIER_SECRET_KEYS är satt"),
        (_no_recipient, "HALSONAV_BACKUP_RECIPIENT saknas"),
        (_no_head, "Journalens slut är inte nedskrivet"),
        (_old_head, "Journalens slut skrevs ned senast"),
        (_no_operator, "Ingen har rollen driftansvarig"),
        (_one_step, "1 med en roll som styr över andra"),
        (_let_off, "Rollen hälsocoach kräver inte två steg"),
    ],
)
def test_each_unsafe_thing_is_said_in_a_sentence(
    safe: Settings, change: Callable[[Any], None], words: str
) -> None:
    change(safe)
    (said,) = told()
    assert said.startswith(words) or words in said
    assert said.endswith(".")
    assert [one.good for one in inspection._unsafe(people_too=True)] == [False]


def test_an_open_database_file_is_said(
    safe: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "halsonav.sqlite3"
    file.touch(0o644)
    file.chmod(0o644)
    monkeypatch.setattr(safety, "_database_files", lambda: [file])
    assert any("halsonav.sqlite3" in said for said in told())
    file.chmod(0o600)
    assert told() == []


@pytest.mark.parametrize(
    ("more", "many"),
    [
        ({}, 1),
        ({"OPTIONS": {"sslmode": "require"}}, 1),
        ({"OPTIONS": {"sslmode": "verify-full"}}, 0),
        ({"HOST": "127.0.0.1"}, 0),
        ({"HOST": "/run/postgresql"}, 0),
        ({"HOST": ""}, 0),
    ],
)
def test_an_open_way_to_the_database_is_said(
    more: dict[str, Any], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Connection:
        vendor = "postgresql"
        settings_dict = ELSEWHERE | more

    monkeypatch.setattr(safety, "connection", Connection)
    assert len(list(safety.the_way_to_the_database_is_open())) == many


def test_a_database_is_told_how_the_way_to_it_is_guarded() -> None:
    address = "postgresql://a:b@db.exempel.se/halsonav?sslmode=verify-full&sslrootcert=/ca.pem"
    assert environment._database(address)["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/ca.pem",
    }
    with pytest.raises(ValueError, match="options"):
        environment._database("postgresql://a:b@db.exempel.se/halsonav?options=-c%20x")
