from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24, null=True, unique=True)),
                ('token', models.CharField(max_length=32, unique=True)),
                ('key', models.CharField(max_length=100)),
                ('clerk', models.CharField(max_length=80)),
                ('area', models.CharField(max_length=12)),
                ('applicant', models.CharField(max_length=40)),
                ('stands', models.CharField(max_length=40)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.IntegerField(default=0)),
                ('value', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'hall_visit',
                'indexes': [models.Index(fields=['clerk', '-id'], name='hall_visit_by_clerk')],
                'constraints': [models.UniqueConstraint(fields=('clerk', 'key'), name='hall_visit_once'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_at__gte', models.F('opened_at')), _connector='OR'), name='hall_visit_closes_after_it_opens')],
            },
        ),
    ]
