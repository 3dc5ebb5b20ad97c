from django.db import migrations, models

from onedoor.relay.queries import seal_json


def seal(apps, schema_editor):
    """What stood in plain words is encrypted, and written over where it stood."""
    rows = apps.get_model("relay", "Relay").objects
    for row in rows.exclude(number=None).iterator():
        row.sealed, row.value = seal_json(row.value, row.number), {}
        row.save(update_fields=["sealed", "value"])


class Migration(migrations.Migration):

    dependencies = [
        ('relay', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='relay',
            name='sealed',
            field=models.BinaryField(default=bytes),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='relay',
            name='value',
        ),
    ]
