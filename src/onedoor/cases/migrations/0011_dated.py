import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_inbox"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["id"],
                name="cases_dated",
                condition=models.Q(("due", None), _negated=True) | models.Q(("next_alarm_at", None), _negated=True),
            ),
        ),
        migrations.AlterField(  # whoever asks for the tasks of a case is served by ``cases_task_once``
            model_name="task",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="cases.case"
            ),
        ),
    ]
