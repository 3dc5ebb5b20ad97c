from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_dispatch"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="task", name="cases_inbox"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["organ", "due", "case", "key"], include=("act", "area", "holder"), name="cases_inbox"
            ),
        ),
    ]
