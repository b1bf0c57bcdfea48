"""What tests of pages share: who asks, what was written down, and bad input."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from django.test import Client

from halsonav.people.models import READ, JournalEntry, User

NASTY: Final = (
    "", " ", "\x00", "a\x00b", "<script>alert(1)</script>", "🙂" * 500, "a" * 1_000_000,
    str(2**63), str(-(2**63) - 1), "0", "-1", "o1", "v0", f"v{2**63}", "null", "[]", "1e9",
)  # fmt: skip


def signed_in(user: User) -> Client:
    """Return the browser of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    return client


def readings(by: User | None = None) -> list[JournalEntry]:
    """Return the lines on people being shown, by one reader or by all, in order."""
    lines = JournalEntry.objects.filter(verb=READ).order_by("number")
    return list(lines.filter(actor_id=by.pk) if by else lines)


def shown_in(line: JournalEntry) -> set[int]:
    """Return the ids of those whom a line says were shown."""
    return {int(one) for one in (line.shown or line.about_id).split()}


@contextmanager
def refused_lines() -> Iterator[None]:
    """Let the database refuse every line of the journal."""
    table = JournalEntry._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER no_line BEFORE INSERT ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'no line'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION no_line() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no line'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER no_line BEFORE INSERT ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION no_line()"
            )
        yield
        cursor.execute(
            "DROP TRIGGER no_line"
            if connection.vendor == "sqlite"
            else f"DROP TRIGGER no_line ON {table}; DROP FUNCTION no_line()"
        )


def bare(answer: Any, path: str) -> bytes:
    """Return an answer's bytes without its own address and the form's changing token."""
    body = answer.content.replace(path.encode(), b"")
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)
