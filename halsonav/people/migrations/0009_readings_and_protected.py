"""Lines on who was shown, and users whose data is protected. The journal's lock is put back."""

from importlib import import_module

from django.db import migrations, models

_lock = import_module("halsonav.people.migrations.0004_journal_cannot_be_replaced")


def unlock(apps, schema_editor):
    _lock.take_lock_away(schema_editor.connection)


def lock(apps, schema_editor):
    _lock.put_lock(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_shared_cache'),
    ]

    operations = [
        migrations.RunPython(unlock, lock),
        migrations.AddField(
            model_name='journalentry',
            name='shown',
            field=models.TextField(blank=True, default='', verbose_name='visade'),
        ),
        migrations.AddField(
            model_name='journalentry',
            name='why',
            field=models.CharField(blank=True, default='', max_length=60, verbose_name='varför'),
        ),
        migrations.AddField(
            model_name='user',
            name='is_protected',
            field=models.BooleanField(default=False, verbose_name='skyddade personuppgifter'),
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=models.Index(fields=['verb', 'at'], name='journal_by_verb_and_time'),
        ),
        migrations.RunPython(lock, unlock),
    ]
