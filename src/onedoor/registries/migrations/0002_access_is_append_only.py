"""The record of who read whom is only ever added to."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION registries_access_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'registries_accessrecord is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER registries_access_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON registries_accessrecord
  FOR EACH STATEMENT EXECUTE FUNCTION registries_access_is_append_only();
"""
BACKWARD = """
DROP TRIGGER registries_access_append_only ON registries_accessrecord;
DROP FUNCTION registries_access_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("registries", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
