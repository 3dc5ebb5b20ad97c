"""The item of an errand beside its seal, as its journal has it: whoever is limited to items unseals no other's."""

from django.db import migrations, models

FROM_JOURNAL = """
UPDATE agency_errand SET item = entry.body->>'item'
FROM journal_entry entry WHERE entry.stream = 'errand:' || agency_errand.id AND entry.kind = 'errand_prepared'
"""


class Migration(migrations.Migration):
    dependencies = [("agency", "0002_handed"), ("journal", "0001_journal")]

    operations = [
        migrations.AddField(
            "errand", "item", models.CharField("事项", max_length=40, default=""), preserve_default=False
        ),
        migrations.RunSQL(FROM_JOURNAL, migrations.RunSQL.noop),
    ]
