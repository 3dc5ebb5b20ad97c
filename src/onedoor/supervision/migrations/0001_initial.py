from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Daily',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('organ', models.CharField(max_length=18)),
                ('area', models.CharField(max_length=12)),
                ('measure', models.CharField(max_length=16)),
                ('count', models.BigIntegerField()),
            ],
            options={
                'db_table': 'supervision_daily',
                'constraints': [models.UniqueConstraint(fields=('day', 'organ', 'area', 'measure'), name='supervision_daily_once')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.BigIntegerField()),
                ('actor', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'supervision_opening',
                'constraints': [models.UniqueConstraint(fields=('case', 'actor'), name='supervision_opening_once')],
            },
        ),
        migrations.CreateModel(
            name='Pace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('organ', models.CharField(max_length=18)),
                ('area', models.CharField(max_length=12)),
                ('bound', models.IntegerField()),
                ('count', models.BigIntegerField()),
            ],
            options={
                'db_table': 'supervision_pace',
                'constraints': [models.UniqueConstraint(fields=('day', 'organ', 'area', 'bound'), name='supervision_pace_once')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=16)),
                ('organ', models.CharField(max_length=18)),
                ('area', models.CharField(max_length=12)),
                ('day', models.DateField()),
                ('case', models.BigIntegerField()),
                ('fact', models.BigIntegerField()),
            ],
            options={
                'db_table': 'supervision_tally',
                'indexes': [models.Index(fields=['organ', 'measure', 'day', 'case'], name='supervision_behind'), models.Index(fields=['case', 'measure', 'day'], name='supervision_of_case')],
                'constraints': [models.UniqueConstraint(fields=('fact', 'measure'), name='supervision_tally_once')],
            },
        ),
    ]
