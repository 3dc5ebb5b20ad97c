from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_acts"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="ends",
            field=models.DateField(null=True),
        ),
    ]
