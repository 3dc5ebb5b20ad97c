"""A licence that is issued anew stands beside the one whose place it takes; how and when one came to its end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licences", "0001_initial")]

    operations = [
        migrations.AlterField("licence", "case", models.CharField(max_length=32)),
        migrations.AddField("licence", "ended_on", models.DateField(null=True)),
        migrations.AddField("licence", "ended_by", models.CharField(default="", max_length=64)),
        migrations.AddConstraint(
            "licence",
            models.UniqueConstraint(
                condition=models.Q(("ended", None)), fields=["case"], name="licences_one_of_a_case"
            ),
        ),
        migrations.AddIndex("licence", models.Index(fields=["case"], name="licences_of_case")),
    ]
