from django.db import migrations, models

KNOWN = "UPDATE cases_case SET taken_over = true WHERE value ->> 'agency_ended' IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_receipt"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_taken_over"),
        migrations.AddField(
            model_name="case",
            name="taken_over",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("taken_over", True)), fields=["agent"], name="cases_given_back"),
        ),
    ]
