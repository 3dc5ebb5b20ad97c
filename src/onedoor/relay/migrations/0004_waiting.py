from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relay', '0003_refused_stay_open'),
    ]

    operations = [
        migrations.AddField(
            model_name='relay',
            name='waits_until',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='relay',
            index=models.Index(fields=['applicant', '-id'], name='relay_own'),
        ),
    ]
