from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_joint"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="public_until",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("public_until", None), _negated=True), fields=["public_until"], name="cases_public"
            ),
        ),
    ]
