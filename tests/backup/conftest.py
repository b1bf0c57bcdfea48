"""Installations on the engine that is tested, and a key of their own to copy them with."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.drills.installation import Installation, on_postgres, on_sqlite

CANARIES = ("kanariefagel@exempel.se", "Kanarie Fågelsson", "Hemligt ämne om Kanarie")
PEOPLE = f"""
from halsonav.people.actions import create_user
from halsonav.messages.actions import queue_message
from halsonav.people import journal_heads
for number in range(5):
    create_user(by=None, email=f"ny{{number}}@exempel.se", display_name="Ny", password=None)
create_user(by=None, email="{CANARIES[0]}", display_name="{CANARIES[1]}", password=None)
queue_message(to="{CANARIES[0]}", subject="{CANARIES[2]}", text="Hej")
journal_heads.export()
"""
Make = Callable[[Path], AbstractContextManager[Installation]]


def _place(folder: Path) -> AbstractContextManager[Installation]:
    if connection.vendor == "sqlite":
        return on_sqlite(folder)
    told = connection.settings_dict
    who = ":".join(quote(told[part], safe="") for part in ("USER", "PASSWORD") if told[part])
    where = f"{who}@{told['HOST'] or '127.0.0.1'}:{told['PORT'] or 5432}"
    return on_postgres(folder, f"postgresql://{where}/postgres")


@contextmanager
def _made(folder: Path) -> Iterator[Installation]:
    folder.mkdir(exist_ok=True)
    with _place(folder) as installation:
        yield installation


@pytest.fixture(scope="session")
def made() -> Make:
    """Give what makes an installation in a folder."""
    return _made


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Give a file with a secret key, and the public one."""
    file = tmp_path_factory.mktemp("key") / "nyckel.txt"
    with on_sqlite(file.parent) as anybody:
        told = anybody.command("backup-key", str(file))
    return file, told.splitlines()[0].partition("=")[2]


@pytest.fixture(scope="module")
def source(
    tmp_path_factory: pytest.TempPathFactory, made: Make, key: tuple[Path, str]
) -> Iterator[Installation]:
    """Give an installation with people, a message and a file."""
    with made(tmp_path_factory.mktemp("source") / "data") as installation:
        installation.more["HALSONAV_BACKUP_RECIPIENT"] = key[1]
        installation.command("migrate")
        installation.python(PEOPLE)
        (installation.folder / "media" / "bilder").mkdir(parents=True)
        (installation.folder / "media" / "bilder" / "träd.png").write_bytes(b"bild" * 9999)
        yield installation


@pytest.fixture(scope="module")
def copy(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of it."""
    file = tmp_path_factory.mktemp("copies") / "kopia.age"
    source.command("backup", str(file))
    return file


def restored(
    installation: Installation, file: Path, key: Path, *words: str
) -> "subprocess.CompletedProcess[str]":
    """Restore, however it ends."""
    return installation.tried("restore", str(file), "--key", str(key), *words)
