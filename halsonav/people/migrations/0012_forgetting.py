"""When accounts were closed, what forgetting did, the clock's witness, and tombstones."""

from django.db import migrations, models
from django.utils import timezone


def date_closed(apps, schema_editor):
    # Accounts closed before this are kept a year from now: when they were closed is not known.
    users = apps.get_model('people', 'User').objects.filter(is_active=False, closed_at=None)
    users.update(closed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_groups_and_origins'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='stängt'),
        ),
        migrations.CreateModel(
            name='ClockReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='klockan')),
                ('boot', models.CharField(blank=True, default='', max_length=40, verbose_name='maskinens start')),
                ('seconds', models.FloatField(default=0, verbose_name='sekunder sedan starten')),
                ('doubt', models.CharField(blank=True, choices=[('', ''), ('backwards', 'Klockan har gått bakåt.'), ('jumped', 'Klockan har hoppat.'), ('silence', 'Systemet har varit tyst i mer än ett dygn.'), ('database', 'Databasen har en annan tid.')], default='', max_length=10, verbose_name='tvekan')),
            ],
            options={
                'verbose_name': 'klockans vittne',
                'verbose_name_plural': 'klockans vittnen',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='clock_has_one_witness')],
            },
        ),
        migrations.CreateModel(
            name='ForgettingRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=60, verbose_name='regel')),
                ('at', models.DateTimeField(verbose_name='när')),
                ('as_of', models.DateTimeField(verbose_name='räknat vid')),
                ('counted', models.PositiveIntegerField(verbose_name='antal')),
                ('total', models.PositiveIntegerField(verbose_name='av')),
                ('ids_hash', models.CharField(max_length=64, verbose_name='summa över id')),
                ('first_day', models.DateField(null=True, verbose_name='från')),
                ('last_day', models.DateField(null=True, verbose_name='till')),
                ('hold', models.CharField(blank=True, choices=[('', ''), ('sudden', 'ovanligt mycket på en gång'), ('second', 'två personer ska säga ja'), ('clock', 'klockan kan gå fel')], default='', max_length=10, verbose_name='väntar för')),
                ('needs', models.PositiveSmallIntegerField(default=0, verbose_name='antal ja som behövs')),
                ('state', models.CharField(choices=[('waiting', 'väntar på ett ja'), ('done', 'gallrat'), ('refused', 'nej'), ('lapsed', 'inte längre aktuellt')], max_length=10, verbose_name='läge')),
                ('asked_by', models.BigIntegerField(null=True, verbose_name='första ja')),
                ('approved_by', models.BigIntegerField(null=True, verbose_name='sista ja')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='avgjort')),
            ],
            options={
                'verbose_name': 'gallring',
                'verbose_name_plural': 'gallringar',
                'indexes': [models.Index(fields=['rule', '-at'], name='forgetting_by_rule_and_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('rule',), name='a_rule_waits_for_one_answer_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('needs', 0), ('approved_by__isnull', False), _connector='OR'), name='what_waited_was_agreed_to'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('needs__lt', 2), models.Q(('asked_by__isnull', False), models.Q(('asked_by', models.F('approved_by')), _negated=True)), _connector='OR'), name='two_who_agree_are_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'konto'), ('address', 'e-postadress')], max_length=8, verbose_name='slag')),
                ('hash', models.CharField(max_length=64, verbose_name='omräknat')),
                ('at', models.DateTimeField(verbose_name='när')),
            ],
            options={
                'verbose_name': 'radering',
                'verbose_name_plural': 'raderingar',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'address'])), name='tombstone_kind_is_known'), models.UniqueConstraint(fields=('kind', 'hash', 'at'), name='tombstone_is_set_once_at_a_time')],
            },
        ),
        migrations.RunPython(date_closed, migrations.RunPython.noop),
    ]
