from django.db import migrations


def reopen(apps, schema_editor):
    """What was refused elsewhere is at its end only when the originals went back."""
    apps.get_model("relay", "Relay").objects.filter(stage="refused").update(is_open=True)


class Migration(migrations.Migration):

    dependencies = [
        ('relay', '0002_sealed'),
    ]

    operations = [
        migrations.RunPython(reopen, migrations.RunPython.noop),
    ]
