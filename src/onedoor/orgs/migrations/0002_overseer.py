from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='post',
            name='orgs_post_kind_is_known',
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['comprehensive', 'window', 'handler', 'examiner', 'approver', 'chief', 'head', 'county_leader', 'overseer', 'delivery', 'catalogue', 'organisation', 'system_admin', 'security_admin', 'audit_admin'])), name='orgs_post_kind_is_known'),
        ),
    ]
