from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_reminders'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'supplement')), fields=['applicant'], name='cases_waiting'),
        ),
    ]
