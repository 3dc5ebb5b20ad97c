from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("hotline", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="question", name="hotline_question_state_is_known"),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "dispatched", "checking", "answered", "closed"])),
                name="hotline_question_state_is_known",
            ),
        ),
    ]
