"""The floor: a minimal WSGI application with the fastest SQL that we can write, ready bytes out.

It has tables of its own (`floor_data.py` fills them): a row per occurrence with the ready HTML and
JSON, indexed for exactly what is asked. What stands around the rows is kept ready in memory. It
computes no counts, checks nothing and knows one language.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg

DATABASE = os.environ["FLOOR_DATABASE"]
NOW = int(os.environ["FLOOR_NOW"])
POSTGRES = DATABASE.startswith("postgresql")
MARK = "%s" if POSTGRES else "?"
_local = threading.local()

LIST = f"SELECT html FROM floor_row WHERE start >= {MARK} ORDER BY start, occurrence LIMIT 21"
JSON = f"SELECT data FROM floor_row WHERE start >= {MARK} ORDER BY start, occurrence LIMIT 21"
FILTERED = (
    f"SELECT html FROM floor_facet JOIN floor_row USING (occurrence) WHERE area = {MARK}"
    f" AND theme = {MARK} AND floor_facet.start >= {MARK}"
    " ORDER BY floor_facet.start, occurrence LIMIT 21"
)
TEXT = (
    "SELECT html FROM floor_word JOIN floor_row USING (occurrence)"
    f" WHERE word = {MARK} ORDER BY place LIMIT 21"
)
WEEK = f"SELECT html FROM floor_week WHERE week = {MARK} ORDER BY place"
PAGE = f"SELECT html FROM floor_page WHERE slug = {MARK}"
LEADING = b"x" * 9_000
TRAILING = b"y" * 2_500


def _connection() -> Any:
    if not hasattr(_local, "connection"):
        _local.connection = (
            psycopg.connect(DATABASE, autocommit=True)
            if POSTGRES
            else sqlite3.connect(DATABASE, isolation_level=None)
        )
        if not POSTGRES:
            _local.connection.execute("PRAGMA mmap_size=268435456")
    return _local.connection


def _rows(sql: str, values: tuple[Any, ...]) -> Iterable[tuple[str]]:
    return _connection().execute(sql, values).fetchall()  # type: ignore[no-any-return]


def _page(sql: str, values: tuple[Any, ...]) -> bytes:
    return b"".join((LEADING, "".join(row[0] for row in _rows(sql, values)).encode(), TRAILING))


def _json(values: tuple[Any, ...]) -> bytes:
    rows = ", ".join(row[0] for row in _rows(JSON, values))
    return f'{{"results": [{rows}], "next": null}}'.encode()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer by the path's first part alone."""
    asked = parse_qs(environ["QUERY_STRING"])
    path = environ["PATH_INFO"]
    kind = "text/html; charset=utf-8"
    if path == "/list":
        body = _page(LIST, (NOW,))
    elif path == "/json":
        body, kind = _json((NOW,)), "application/json"
    elif path == "/filtered":
        body = _page(FILTERED, (asked["area"][0], asked["theme"][0], NOW))
    elif path == "/text":
        body = _page(TEXT, (asked["q"][0],))
    elif path == "/week":
        body = _page(WEEK, (asked["week"][0],))
    else:
        body = _page(PAGE, (asked.get("slug", [""])[0],))
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
