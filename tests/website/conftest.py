"""The public site with the demo's content, there for a module of tests and then taken away.

The first module of a process loads it as people do; for the next ones the same rows are put back.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from halsonav.demo import load
from halsonav.lib.swedish_calendar import STOCKHOLM

_KEPT_TABLES = frozenset(
    ("django_content_type", "auth_permission", "django_migrations", "django_site")
)
"""What migrations put there, in every test's database."""
_loaded: dict[str, tuple[list[str], list[Any]]] = {}
"""The demo's rows by table, with the names of the columns: filled once in a process."""

TUESDAY_MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=STOCKHOLM)


@contextmanager
def _word_list_left_open() -> Iterator[None]:
    """Let the reader of the Swedish word list leave its files to be closed for it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "unclosed file .*dictionary-sv", ResourceWarning)
        yield


def _load() -> None:
    with _word_list_left_open():
        load.load()
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = cursor.fetchall()
            if rows and table not in _KEPT_TABLES:
                names = [column[0] for column in cursor.description]
                _loaded[table] = (names, [tuple(map(_as_sent, row)) for row in rows])


def _as_sent(value: Any) -> Any:
    """Return a value as both engines take it: SQLite's driver does not know times of day."""
    return str(value) if isinstance(value, time) else value


def _put_back() -> None:
    with connection.cursor() as cursor:
        for table, (columns, rows) in _loaded.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            marks = ", ".join(["%s"] * len(columns))
            quoted = connection.ops.quote_name(table)
            cursor.executemany(f"INSERT INTO {quoted} ({names}) VALUES ({marks})", rows)  # noqa: S608


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """Load the demo on a Tuesday morning, and stay there; the first time takes some ten seconds.

    The content stands in a transaction that is never committed: the tests' own lie inside it.
    """
    with time_machine.travel(TUESDAY_MORNING, tick=False), django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            _put_back() if _loaded else _load()
            yield TUESDAY_MORNING
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
