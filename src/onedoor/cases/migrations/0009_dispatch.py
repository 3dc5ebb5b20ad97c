from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_steps"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="assignee",
            field=models.CharField(db_default="", default="", max_length=80),
        ),
        migrations.AddField(
            model_name="task",
            name="because",
            field=models.JSONField(null=True),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("assignee", ""), ("because__isnull", True), ("holder", "")),
                fields=["id"],
                name="cases_undispatched",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("assignee", ""), _negated=True), fields=["assignee"], name="cases_assigned"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("holder", ""), _negated=True), fields=["holder"], name="cases_handed_to"
            ),
        ),
    ]
