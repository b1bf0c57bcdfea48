from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='finderstate',
            name='written_by',
            field=models.CharField(default='', help_text='The mark of the code that wrote it all.', max_length=16),
        ),
    ]
