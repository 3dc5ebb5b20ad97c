import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_drafts_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("number", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "cases_receipt",
            },
        ),
    ]
