from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24, null=True, unique=True)),
                ('key', models.CharField(max_length=100)),
                ('clerk', models.CharField(max_length=80)),
                ('area', models.CharField(max_length=12)),
                ('applicant', models.CharField(max_length=40)),
                ('stage', models.CharField(max_length=10)),
                ('is_open', models.BooleanField(default=True)),
                ('version', models.IntegerField(default=0)),
                ('value', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'relay_relay',
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['area', '-id'], name='relay_open')],
                'constraints': [models.UniqueConstraint(fields=('clerk', 'key'), name='relay_once')],
            },
        ),
    ]
