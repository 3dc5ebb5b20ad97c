import django.db.models.deletion
from django.db import migrations, models

# What went by step in the document of the row goes into rows; the version of a case stands in its column.
APART = """
INSERT INTO cases_step (case_id, key, value)
SELECT c.id, found.key, jsonb_strip_nulls(jsonb_build_object(
  'results', c.value -> 'results' -> found.key, 'late', c.value -> 'late' -> found.key,
  'silent', c.value -> 'silent' -> found.key, 'reopened', c.value -> 'reopened' -> found.key,
  'photos', c.value -> 'photos' -> found.key))
FROM cases_case c CROSS JOIN LATERAL (
  SELECT DISTINCT jsonb_object_keys(coalesce(c.value -> map.name, '{}'))
  FROM unnest(ARRAY['results', 'late', 'silent', 'reopened', 'photos']) AS map (name)
) AS found (key);
UPDATE cases_case SET value = value - ARRAY['version', 'results', 'late', 'silent', 'reopened', 'photos'];
"""
TOGETHER = """
UPDATE cases_case c SET value = c.value || jsonb_build_object('version', c.version) || (
  SELECT jsonb_object_agg(map.name, coalesce(
    (SELECT jsonb_object_agg(s.key, s.value -> map.name) FROM cases_step s WHERE s.case_id = c.id AND s.value ? map.name),
    '{}'))
  FROM unnest(ARRAY['results', 'late', 'silent', 'reopened', 'photos']) AS map (name));
"""
# Room on each page for the next state of its rows: most acts then leave the indexes alone.
ROOM = """
ALTER TABLE cases_case SET (fillfactor = 70);
ALTER TABLE cases_task SET (fillfactor = 80);
"""
NO_ROOM = "ALTER TABLE cases_case RESET (fillfactor); ALTER TABLE cases_task RESET (fillfactor);"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_public'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseStep',
            fields=[
                ('pk', models.CompositePrimaryKey('case', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60)),
                ('value', models.JSONField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='done', to='cases.case')),
            ],
            options={
                'db_table': 'cases_step',
            },
        ),
        migrations.RunSQL(APART, TOGETHER),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
