"""Copies the embedded database while it is in use, and puts a copy in its place."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from django.db import connection

from halsonav.backup import manifest as manifests
from halsonav.backup.faults import BackupError, of_disk
from halsonav.backup.manifest import Facts
from halsonav.backup.private_files import sync_folder

NAME: Final = "sqlite"
IN_USE: Final = (
    "Databasen används. Stoppa `halsonav serve` och `halsonav worker` först. Inget har ändrats."
)
_PATIENCE: Final = 20


def _file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def server() -> str:
    """Return the version of SQLite."""
    return sqlite3.sqlite_version


def dump(to: Path) -> Facts:
    """Copy the database as it is at one moment; writers go on meanwhile. Return what is in it."""
    if not _file().is_file():
        raise BackupError("Det finns ingen databas att kopiera än. Kör `halsonav migrate`.")
    try:
        with (
            closing(sqlite3.connect(_file(), timeout=_PATIENCE)) as source,
            closing(sqlite3.connect(to)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            return manifests.facts(lambda sql: copy.execute(sql), _tables(copy))
    except sqlite3.Error as error:
        raise BackupError(f"Databasen gick inte att kopiera ({error}).") from error


def _tables(copy: sqlite3.Connection) -> list[str]:
    rows = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [name for (name,) in rows]


def tables() -> list[str]:
    """Return the tables of the database that Django is connected to."""
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def ask(sql: str) -> Iterable[Sequence[Any]]:
    """Ask the database that Django is connected to."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[Sequence[Any]] = cursor.fetchall()
        return rows


def is_empty() -> bool:
    """Say whether nothing would be lost: no people, no journal."""
    if not _file().is_file():
        return True
    with closing(sqlite3.connect(_file(), timeout=_PATIENCE)) as target:
        there = {"people_user", "people_journalentry"} & set(_tables(target))
        found = (target.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in there)  # noqa: S608 (two names of our own)
        return not any(found)


def must_be_idle() -> None:
    """Raise `BackupError` when another process has the database open."""
    with _alone():
        pass


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the database alone, its log emptied; raise `BackupError` if others have it."""
    connection.close()
    if not _file().is_file():
        yield
        return
    with closing(sqlite3.connect(_file(), timeout=1, isolation_level=None)) as target:
        try:
            (mode,) = target.execute("PRAGMA journal_mode=DELETE").fetchone()
            target.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise BackupError(IN_USE) from error
        if mode != "delete":
            raise BackupError(IN_USE)
        yield
        with suppress(sqlite3.Error):
            target.execute("ROLLBACK")


def load(copied: Path) -> str:
    """Put the copy beside the database, under another name; return that name."""
    folder = _file().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{_file().name}.restoring-", dir=folder)
        with os.fdopen(handle, "wb") as to, copied.open("rb") as source:
            shutil.copyfileobj(source, to, 1 << 20)
    except OSError as error:
        raise of_disk(error, folder) from error
    return name


def is_sound() -> bool:
    """Let the engine look through the database that Django is connected to."""
    return [*ask("PRAGMA integrity_check")] == [("ok",)] and not [*ask("PRAGMA foreign_key_check")]


def swap(new: str) -> None:
    """Let the new database take the place of the old one, in one step that holds after a crash."""
    with closing(sqlite3.connect(new, timeout=_PATIENCE)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
    handle = os.open(new, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    with _alone():
        Path(new).replace(_file())
        sync_folder(_file().parent)


def drop(new: str) -> None:
    """Throw away a database that did not take the place."""
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{new}{end}").unlink(missing_ok=True)
