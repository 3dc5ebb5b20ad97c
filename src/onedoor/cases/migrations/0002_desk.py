import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='holder',
            field=models.CharField(db_default='', default='', max_length=80),
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.CharField(default='', max_length=80)),
                ('organ', models.CharField(default='', max_length=18)),
                ('act', models.CharField(max_length=20)),
                ('item', models.CharField(default='', max_length=40)),
                ('name', models.CharField(max_length=30)),
                ('text', models.CharField(max_length=2000)),
            ],
            options={
                'db_table': 'cases_opinion',
                'constraints': [models.CheckConstraint(condition=models.Q(('owner', ''), ('organ', ''), _connector='XOR'), name='cases_opinion_has_one_owner'), models.UniqueConstraint(fields=('owner', 'organ', 'act', 'item', 'name'), name='cases_opinion_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=30)),
                ('wanted', models.JSONField()),
            ],
            options={
                'db_table': 'cases_saved_filter',
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='cases_saved_filter_once')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('actor', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=60)),
                ('seen', models.DateTimeField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'db_table': 'cases_presence',
                'constraints': [models.UniqueConstraint(fields=('case', 'actor'), name='cases_presence_once')],
            },
        ),
        migrations.RunSQL("ALTER TABLE cases_presence SET UNLOGGED", "ALTER TABLE cases_presence SET LOGGED"),
    ]
