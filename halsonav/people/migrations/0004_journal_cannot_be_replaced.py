"""Closes what 0002 leaves open: REPLACE on SQLite, and the chain's head on both engines.

SQLite removes the rows that REPLACE stands in the way of without firing their DELETE triggers, so
an entry whose id or number is taken is refused before it is put in. The head goes only onwards:
it is never removed, and its number rises with each change.
"""

from importlib import import_module

from django.db import migrations

_entries = import_module("halsonav.people.migrations.0002_journal_is_append_only")
ENTRY = "people_journalentry"
HEAD = "people_journalhead"
_ABORT = "BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END"
SQLITE = [
    f"""CREATE TRIGGER journal_refuses_replace BEFORE INSERT ON {ENTRY}
    WHEN EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id OR number = NEW.number) {_ABORT}""",
    f"""CREATE TRIGGER journal_head_refuses_replace BEFORE INSERT ON {HEAD}
    WHEN EXISTS (SELECT 1 FROM {HEAD} WHERE id = NEW.id) {_ABORT}""",
    f"""CREATE TRIGGER journal_head_refuses_delete BEFORE DELETE ON {HEAD} {_ABORT}""",
    f"""CREATE TRIGGER journal_head_only_rises BEFORE UPDATE ON {HEAD}
    WHEN NEW.number <= OLD.number {_ABORT}""",
]
SQLITE_BACK = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in (
        "journal_refuses_replace",
        "journal_head_refuses_replace",
        "journal_head_refuses_delete",
        "journal_head_only_rises",
    )
]
POSTGRESQL = [
    f"""CREATE TRIGGER journal_head_refuses_delete BEFORE DELETE ON {HEAD}
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()""",
    f"""CREATE TRIGGER journal_head_only_rises BEFORE UPDATE ON {HEAD}
    FOR EACH ROW WHEN (NEW.number <= OLD.number) EXECUTE FUNCTION journal_refuses()""",
    f"""CREATE TRIGGER journal_head_refuses_truncate BEFORE TRUNCATE ON {HEAD}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()""",
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER IF EXISTS {name} ON {HEAD}"
    for name in (
        "journal_head_refuses_delete",
        "journal_head_only_rises",
        "journal_head_refuses_truncate",
    )
]


def _close(connection):
    _entries._run(connection, SQLITE, POSTGRESQL)


def _open(connection):
    _entries._run(connection, SQLITE_BACK, POSTGRESQL_BACK)


def put_lock(connection):
    """Put the whole lock, that of 0002 too."""
    _entries.put_lock(connection)
    _close(connection)


def take_lock_away(connection):
    """Take the whole lock away, that of 0002 too."""
    _open(connection)
    _entries.take_lock_away(connection)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_centre_words")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: _close(schema_editor.connection),
            lambda apps, schema_editor: _open(schema_editor.connection),
        )
    ]
