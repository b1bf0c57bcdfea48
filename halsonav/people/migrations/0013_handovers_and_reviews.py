"""Handovers to successors, and readings that are drawn to be looked at."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_forgetting'),
    ]

    operations = [
        migrations.CreateModel(
            name='HandedRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('host', 'värd/ledare'), ('coach', 'hälsocoach'), ('coordinator', 'samordnare'), ('centre_manager', 'verksamhetschef'), ('strategist', 'folkhälsostrateg'), ('referrer', 'remittent'), ('partner_editor', 'partnerredaktör'), ('operator', 'driftansvarig')], max_length=20, verbose_name='roll')),
            ],
            options={
                'verbose_name': 'överlämnad roll',
                'verbose_name_plural': 'överlämnade roller',
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_day', models.DateField(verbose_name='sista dagen')),
                ('from_day', models.DateField(verbose_name='tar över från')),
                ('closes_account', models.BooleanField(default=False, verbose_name='stänger kontot')),
                ('made_at', models.DateTimeField(verbose_name='beslutad')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='övertagen')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='avslutad')),
                ('called_off_at', models.DateTimeField(blank=True, null=True, verbose_name='inställd')),
            ],
            options={
                'verbose_name': 'överlämning',
                'verbose_name_plural': 'överlämningar',
            },
        ),
        migrations.CreateModel(
            name='ReadReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='månad')),
                ('drawn_at', models.DateTimeField(verbose_name='lottad')),
            ],
            options={
                'verbose_name': 'granskning av visningar',
                'verbose_name_plural': 'granskningar av visningar',
            },
        ),
        migrations.CreateModel(
            name='ReviewedReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.PositiveBigIntegerField(verbose_name='journalpostens nummer')),
                ('reader', models.BigIntegerField(verbose_name='läsare')),
                ('verdict', models.CharField(blank=True, choices=[('', 'inte granskad'), ('ok', 'hör till arbetet'), ('ask', 'att fråga om')], default='', max_length=10, verbose_name='omdöme')),
                ('reason', models.CharField(blank=True, choices=[('unclear', 'Jag förstår inte varför'), ('not_theirs', 'Det hör inte till läsarens arbete'), ('time', 'Tiden är ovanlig'), ('many', 'Det är ovanligt många')], default='', max_length=20, verbose_name='skäl')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='granskad')),
            ],
            options={
                'verbose_name': 'granskad visning',
                'verbose_name_plural': 'granskade visningar',
            },
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=models.Index(fields=['at'], name='journal_by_time'),
        ),
        migrations.AddField(
            model_name='handedrole',
            name='centre',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.centre', verbose_name='verksamhet'),
        ),
        migrations.AddField(
            model_name='handedrole',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='handover',
            name='functions',
            field=models.ManyToManyField(blank=True, related_name='handovers', to='people.function', verbose_name='funktioner'),
        ),
        migrations.AddField(
            model_name='handover',
            name='invitation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='handovers', to='people.invitation', verbose_name='inbjudan'),
        ),
        migrations.AddField(
            model_name='handover',
            name='leaver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to=settings.AUTH_USER_MODEL, verbose_name='slutar'),
        ),
        migrations.AddField(
            model_name='handover',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='handovers_taken', to=settings.AUTH_USER_MODEL, verbose_name='tar över'),
        ),
        migrations.AddField(
            model_name='handedrole',
            name='handover',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='people.handover', verbose_name='överlämning'),
        ),
        migrations.AddField(
            model_name='readreview',
            name='centre',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='read_reviews', to='people.centre', verbose_name='verksamhet'),
        ),
        migrations.AddField(
            model_name='readreview',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='read_reviews', to='people.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='reviewedreading',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='people.readreview', verbose_name='granskning'),
        ),
        migrations.AddField(
            model_name='reviewedreading',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='readings_reviewed', to=settings.AUTH_USER_MODEL, verbose_name='granskad av'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('leaver', models.F('successor')), _negated=True), name='handover_is_to_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.UniqueConstraint(condition=models.Q(('called_off_at', None), ('ended_at', None)), fields=('leaver',), name='handover_waits_once_for_a_leaver'),
        ),
        migrations.AddConstraint(
            model_name='handedrole',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['host', 'coach', 'coordinator', 'centre_manager', 'strategist', 'referrer', 'partner_editor', 'operator'])), name='handed_role_role_is_known'),
        ),
        migrations.AddConstraint(
            model_name='handedrole',
            constraint=models.CheckConstraint(condition=models.Q(('centre', None), ('organisation', None), _connector='OR'), name='handed_role_is_not_both_at_a_centre_and_in_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='handedrole',
            constraint=models.CheckConstraint(condition=models.Q(('centre__isnull', False), ('organisation__isnull', False), ('role', 'operator'), _connector='OR'), name='handed_role_without_a_place_is_an_operator'),
        ),
        migrations.AddConstraint(
            model_name='readreview',
            constraint=models.CheckConstraint(condition=models.Q(('centre', None), ('organisation', None), _connector='OR'), name='read_review_is_not_both_of_a_centre_and_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='readreview',
            constraint=models.UniqueConstraint(fields=('month', 'centre'), name='read_review_of_a_centre_is_drawn_once'),
        ),
        migrations.AddConstraint(
            model_name='readreview',
            constraint=models.UniqueConstraint(fields=('month', 'organisation'), name='read_review_of_organisation_is_drawn_once'),
        ),
        migrations.AddConstraint(
            model_name='readreview',
            constraint=models.UniqueConstraint(condition=models.Q(('centre', None), ('organisation', None)), fields=('month',), name='read_review_of_everything_is_drawn_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewedreading',
            constraint=models.UniqueConstraint(fields=('review', 'entry'), name='reviewed_reading_is_drawn_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewedreading',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer', models.F('reader')), _negated=True), name='nobody_reviews_their_own_reading'),
        ),
        migrations.AddConstraint(
            model_name='reviewedreading',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'ok', 'ask'])), name='reviewed_reading_verdict_is_known'),
        ),
        migrations.AddConstraint(
            model_name='reviewedreading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'ask'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('verdict', 'ask'), _negated=True), ('reason', '')), _connector='OR'), name='reviewed_reading_is_asked_about_for_a_reason'),
        ),
    ]
