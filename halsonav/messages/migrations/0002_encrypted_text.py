"""What waits to be sent is encrypted: a letter may hold a link that opens an account.

Going back leaves the texts opened.
"""

from django.db import migrations

import halsonav.people.encryption
from halsonav.messages.models import Message  # only for the names that its fields encrypt under


def encrypt(apps, schema_editor):
    _rewrite(schema_editor.connection, lambda field, kept: field.get_prep_value(kept))


def decrypt(apps, schema_editor):
    _rewrite(schema_editor.connection, lambda field, kept: field.from_db_value(kept))


def _rewrite(connection, change):
    fields = [Message._meta.get_field(name) for name in ("text", "html")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, text, html FROM outbox_message WHERE text <> '' OR html <> ''")
        for pk, *kept in cursor.fetchall():
            changed = [change(field, value) for field, value in zip(fields, kept, strict=True)]
            cursor.execute(
                "UPDATE outbox_message SET text = %s, html = %s WHERE id = %s", [*changed, pk]
            )


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="message",
            name="text",
            field=halsonav.people.encryption.EncryptedText(blank=True, verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="message",
            name="html",
            field=halsonav.people.encryption.EncryptedText(blank=True, verbose_name="text som HTML"),
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
