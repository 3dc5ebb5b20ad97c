from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hall', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='visit',
            name='holds',
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(
            """update hall_visit set holds = true where closed_at is not null and exists (
                   select from jsonb_array_elements(value -> 'taken') taken, jsonb_array_elements(taken -> 'materials') m
                   where m ->> 'form' in ('both', 'original') and not taken -> 'returned' ? (m ->> 'key'))""",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(condition=models.Q(('holds', True)), fields=['applicant'], name='hall_visit_holding'),
        ),
    ]
