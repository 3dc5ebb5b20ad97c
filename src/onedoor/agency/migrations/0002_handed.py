"""代办转回本人: one more state."""

from django.db import migrations, models

STATES = ["waiting", "submitted", "refused", "lapsed", "withdrawn", "handed"]


class Migration(migrations.Migration):
    dependencies = [("agency", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="errand", name="agency_errand_state_is_known"),
        migrations.AddConstraint(
            model_name="errand",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", STATES)), name="agency_errand_state_is_known"
            ),
        ),
    ]
