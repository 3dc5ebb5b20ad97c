from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_taken_over"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["act"], name="cases_acts"),
        ),
    ]
