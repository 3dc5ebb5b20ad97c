"""行政执法证号 of a member of staff."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_overseer")]

    operations = [
        migrations.AddField(
            "staff",
            "certificate",
            models.CharField("行政执法证号", max_length=40, blank=True, default=""),
            preserve_default=False,
        ),
    ]
