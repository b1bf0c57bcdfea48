"""Triggers that refuse to change or remove journal entries, on both engines.

SQLite rebuilds a table when a later migration alters it, and its triggers go with the old one:
such a migration must put them back (`put_lock` of 0004). A test looks for them.
"""

from django.db import migrations

TABLE = "people_journalentry"
SQLITE = [
    f"""CREATE TRIGGER journal_refuses_{verb.lower()} BEFORE {verb} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'The journal is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
SQLITE_BACK = [
    f"DROP TRIGGER IF EXISTS journal_refuses_{verb}" for verb in ("update", "delete")
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'The journal is append-only' USING ERRCODE = 'check_violation'; END $$""",
    f"""CREATE TRIGGER journal_refuses_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION journal_refuses()""",
    f"""CREATE TRIGGER journal_refuses_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()""",
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER IF EXISTS journal_refuses_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS journal_refuses_truncate ON {TABLE}",
    "DROP FUNCTION IF EXISTS journal_refuses()",
]


def _run(connection, for_sqlite, for_postgresql):
    with connection.cursor() as cursor:
        for statement in for_sqlite if connection.vendor == "sqlite" else for_postgresql:
            cursor.execute(statement)


def put_lock(connection):
    _run(connection, SQLITE, POSTGRESQL)


def take_lock_away(connection):
    _run(connection, SQLITE_BACK, POSTGRESQL_BACK)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: put_lock(schema_editor.connection),
            lambda apps, schema_editor: take_lock_away(schema_editor.connection),
        )
    ]
