import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_desk'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='clock',
            field=models.CharField(db_default='', default='', max_length=12),
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('due', models.DateField()),
                ('level', models.CharField(max_length=6)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
            options={
                'db_table': 'cases_reminder',
                'constraints': [models.UniqueConstraint(fields=('case', 'key', 'due', 'level'), name='cases_reminder_once')],
            },
        ),
    ]
