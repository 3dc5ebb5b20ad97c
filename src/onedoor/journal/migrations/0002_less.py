"""The epoch without a function call of its own, and no second index on the fact of a personal value."""

import django.db.models.deletion
from django.db import migrations, models

# Without FROM the server puts the body in the place of the call.
EPOCH = """
CREATE OR REPLACE FUNCTION onedoor_epoch() RETURNS bigint LANGUAGE sql
AS $$ SELECT (pg_control_system()).system_identifier $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION onedoor_epoch() RETURNS bigint LANGUAGE sql
AS $$ SELECT system_identifier FROM pg_control_system() $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_journal"),
    ]

    operations = [
        migrations.RunSQL(EPOCH, BEFORE),
        migrations.AlterField(
            model_name="personal",
            name="entry",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="journal.entry",
            ),
        ),
    ]
