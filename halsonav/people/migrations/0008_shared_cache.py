"""A small store that all processes share, for what may be used only once or so often."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", "people_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_attempts"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
