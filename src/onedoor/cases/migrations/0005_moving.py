import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_waiting'),
    ]

    operations = [
        migrations.CreateModel(
            name='MoveResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(max_length=8)),
                ('reason', models.CharField(default='', max_length=2000)),
            ],
            options={
                'db_table': 'cases_move_result',
            },
        ),
        migrations.CreateModel(
            name='MoveRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40)),
                ('target', models.BigIntegerField()),
                ('chosen', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('state', models.CharField(max_length=10)),
                ('total', models.IntegerField()),
                ('last', models.BigIntegerField(default=0)),
                ('seq', models.IntegerField(default=0)),
                ('started_by', models.CharField(max_length=80)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'cases_move_run',
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['submitted', 'supplement', 'accepted'])), fields=['item', 'id'], name='cases_running'),
        ),
        migrations.AddField(
            model_name='moveresult',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='moverun',
            name='undoes',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.moverun'),
        ),
        migrations.AddField(
            model_name='moveresult',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='cases.moverun'),
        ),
        migrations.AddIndex(
            model_name='moverun',
            index=models.Index(fields=['item', '-id'], name='cases_move_runs'),
        ),
        migrations.AddConstraint(
            model_name='moverun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'stopped'])), fields=('item',), name='cases_move_run_one_open'),
        ),
        migrations.AddConstraint(
            model_name='moveresult',
            constraint=models.UniqueConstraint(fields=('run', 'case'), name='cases_move_result_once'),
        ),
    ]
