"""Copies a PostgreSQL database with its own tools, and puts a copy in its place."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg
from django.db import connection
from psycopg import IsolationLevel, sql

from halsonav.backup import manifest as manifests
from halsonav.backup.faults import BackupError
from halsonav.backup.manifest import Facts

NAME: Final = "postgresql"
MAINTENANCE: Final = ("postgres", "template1")
"""Databases to stand in while another is renamed."""
TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
SNAPSHOT: Final = "SELECT pg_export_snapshot()"
EMPTY: Final = "Inget har ändrats."


def _words(name: str) -> dict[str, Any]:
    """Return how to connect to a database on our server."""
    settings = connection.settings_dict
    told = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    return {key: value for key, value in told.items() if value} | {"dbname": name}


def _name() -> str:
    return str(connection.settings_dict["NAME"])


@contextmanager
def _connected(name: str) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    try:
        server = psycopg.connect(**_words(name), connect_timeout=10)
    except psycopg.OperationalError as error:
        raise BackupError(
            "Databasen i HALSONAV_DATABASE svarar inte; `halsonav check` säger varför."
        ) from error
    with server:
        yield server


def server() -> str:
    """Return the server's version."""
    with _connected(_name()) as asked:
        return f"{asked.info.server_version // 10000}.{asked.info.server_version % 10000}"


def _tool(name: str, at_least: int) -> str:
    """Return where a tool of PostgreSQL's lies; raise `BackupError` if missing or too old."""
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"Programmet {name} saknas. Installera postgresql-client {at_least}.")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)", told.stdout)
    if version is None or int(version[1]) < at_least:
        has = version[1] if version else "okänd"
        raise BackupError(
            f"Programmet {name} har version {has}, men databasen har version {at_least}."
            f" Installera postgresql-client {at_least} eller nyare."
        )
    return found


def _run(words: list[str], name: str) -> None:
    told = _words(name)
    environment = os.environ | {
        f"PG{key.upper()}": str(value)
        for key, value in told.items()
        if key in ("host", "port", "user", "password")
    }
    ran = subprocess.run(
        [*words, "--no-password", "--dbname", name],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        tool, said = Path(words[0]).name, (ran.stderr.strip().splitlines() or ["inget sagt"])[0]
        raise BackupError(f"{tool} gick inte att köra klart ({said[:200]}). {EMPTY}")


def dump(to: Path) -> Facts:
    """Copy the database as it is at one moment; writers go on meanwhile. Return what is in it."""
    with _connected(_name()) as asked:
        asked.isolation_level = IsolationLevel.REPEATABLE_READ
        asked.read_only = True
        snapshot = str(asked.execute(SNAPSHOT).fetchall()[0][0])
        tool = _tool("pg_dump", asked.info.server_version // 10000)
        words = ["--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
        _run([tool, *words, f"--snapshot={snapshot}", f"--file={to}"], _name())
        names = [name for (name,) in asked.execute(TABLES).fetchall()]
        return manifests.facts(lambda text: asked.execute(text).fetchall(), names)


def tables() -> list[str]:
    """Return the tables of the database that Django is connected to."""
    return [name for (name,) in ask(TABLES)]


def ask(text: str) -> Iterable[Sequence[Any]]:
    """Ask the database that Django is connected to."""
    with connection.cursor() as cursor:
        cursor.execute(text)
        rows: list[Sequence[Any]] = cursor.fetchall()
        return rows


def is_empty() -> bool:
    """Say whether nothing would be lost: no people, no journal."""
    with _connected(_name()) as target:
        there = {name for (name,) in target.execute(TABLES).fetchall()}
        asked = (
            target.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(name)))
            for name in ("people_user", "people_journalentry")
            if name in there
        )
        return not any(found.fetchone() for found in asked)


def must_be_idle() -> None:
    """Raise `BackupError` when another process is connected to the database."""
    connection.close()
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with _connected(_name()) as target:
        row = target.execute(others, (_name(),)).fetchone()
    if row and row[0]:
        raise BackupError(
            "Databasen används. Stoppa `halsonav serve` och `halsonav worker` först, och allt"
            f" annat som är anslutet. {EMPTY}"
        )


def load(copied: Path) -> str:
    """Read the copy into a new database beside ours; return its name."""
    with _connected(_name()) as asked:
        tool = _tool("pg_restore", asked.info.server_version // 10000)
    new = f"{_name()[:40]}_restoring_{os.getpid()}_{int(time.time())}"
    try:
        _maintain(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(new)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            "Databasens användare får inte skapa en databas att återställa i. Ge den rätten"
            f" CREATEDB medan du återställer. {EMPTY}"
        ) from error
    try:
        words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
        _run([tool, *words, str(copied)], new)
    except BackupError:
        drop(new)
        raise
    return new


def is_sound() -> bool:
    """Let the engine look through the database: it checked every constraint when it was read."""
    unchecked = "SELECT count(*) FROM pg_constraint WHERE NOT convalidated"
    return [*ask(unchecked)] == [(0,)]


def swap(new: str) -> None:
    """Let the new database take the place of the old one, in one step; the old one is dropped."""
    connection.close()
    old, aside = _name(), f"{_name()[:40]}_replaced_{os.getpid()}_{int(time.time())}"
    try:
        _rename([(old, aside), (new, old)])
    except psycopg.errors.ObjectInUse as error:
        raise BackupError(
            f"Databasen används. Stoppa det som är anslutet till den först. {EMPTY}"
        ) from error
    drop(aside)


def _rename(pairs: list[tuple[str, str]]) -> None:
    with _standing_aside() as server, server.transaction():
        for name, to in pairs:
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(name), sql.Identifier(to)
                )
            )


def drop(new: str) -> None:
    """Throw away a database that does not hold the place."""
    _maintain(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(new)))


def _maintain(statement: sql.Composed) -> None:
    with _standing_aside() as server:
        server.execute(statement)


@contextmanager
def _standing_aside() -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """Connect to a database of the server's own, where no transaction is open."""
    for name in MAINTENANCE:
        try:
            server = psycopg.connect(**_words(name), connect_timeout=10, autocommit=True)
        except psycopg.OperationalError:
            continue
        with server:
            yield server
        return
    raise BackupError(f"Det går inte att nå databasen postgres på servern. {EMPTY}")
