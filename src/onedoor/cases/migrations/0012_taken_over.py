from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.lookups import IsNull


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_dated"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["agent"],
                name="cases_taken_over",
                condition=models.Q(IsNull(KT("value__agency_ended"), False)),
            ),
        ),
    ]
