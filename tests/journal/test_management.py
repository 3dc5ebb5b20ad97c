"""The application's database role may add to the journal and nothing else."""

import subprocess
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command

from onedoor.config.adapters.signing import generate_key
from onedoor.instance.postgres import APPLICATION, OWNER, Postgres

INSERT = (
    "INSERT INTO journal_entry (stream, seq, kind, occurred_at, actor, channel, entry_mode, body)"
    " VALUES ('case:1', 1, 'submitted', now(), 'system:x', 'web', %s, '{}')"
)
GROWING = ("journal_entry", "journal_leaf", "journal_node", "journal_checkpoint")


@pytest.fixture
def granted(committed_db: str) -> str:
    call_command("grants", role=APPLICATION, stdout=StringIO())
    return committed_db


def as_application(postgres: Postgres, database: str, *statements: str) -> None:
    with psycopg.connect(str(postgres.dsn(APPLICATION, database))) as session:
        for statement in statements:
            session.execute(statement.encode())


def test_the_application_appends_reads_erases_and_moves_cursors(postgres: Postgres, granted: str) -> None:
    as_application(
        postgres,
        granted,
        INSERT.replace("%s", "'live'"),
        "SELECT * FROM journal_entry",
        "DELETE FROM journal_personal",
        "INSERT INTO journal_cursor (follower, epoch, xid, entry_id) VALUES ('x', 0, '0', 0)",
        "UPDATE journal_cursor SET entry_id = 1",
        "INSERT INTO journal_leaf VALUES (0, 1, '')",
    )


@pytest.mark.parametrize(
    "statement",
    [
        *(f"DELETE FROM {table}" for table in GROWING),
        *(f"TRUNCATE {table}" for table in GROWING),
        "UPDATE journal_entry SET kind = 'x'",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "INSERT INTO journal_instance (id, demo) VALUES (1, true)",
        "UPDATE django_migrations SET name = 'x'",
        "CREATE TABLE mine (n int)",
    ],
)
def test_the_application_may_neither_change_the_journal_nor_lift_its_guard(
    postgres: Postgres, granted: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_application(postgres, granted, statement)


def test_tables_made_later_are_open_to_the_application(postgres: Postgres, granted: str) -> None:
    with psycopg.connect(str(postgres.dsn(OWNER, granted))) as session:
        session.execute("CREATE TABLE later (n serial PRIMARY KEY)")
    as_application(
        postgres, granted, "INSERT INTO later DEFAULT VALUES", "UPDATE later SET n = n + 1", "DELETE FROM later"
    )


def test_even_the_owner_meets_the_trigger(postgres: Postgres, granted: str) -> None:
    with psycopg.connect(str(postgres.dsn(OWNER, granted))) as session:
        for statement in ("UPDATE journal_entry SET kind = 'x'", "DELETE FROM journal_leaf", "TRUNCATE journal_node"):
            with pytest.raises(psycopg.errors.RestrictViolation), session.transaction():
                session.execute(statement.encode())


def test_one_role_alone_is_said(committed_db: str) -> None:
    said = StringIO()
    call_command("grants", role=OWNER, stderr=said)
    assert "只有一个数据库角色" in said.getvalue()


def test_a_signing_key_is_private_readable_by_openssl_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "journal.pem"
    assert generate_key(path)
    kept = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert not generate_key(path)
    assert path.read_text() == kept
    subprocess.run(["openssl", "pkey", "-in", str(path), "-noout"], check=True)


def test_the_keys_command_leaves_existing_keys_alone() -> None:
    kept = settings.JOURNAL_KEY_FILE.read_text()
    call_command("keys", stdout=StringIO())
    assert settings.JOURNAL_KEY_FILE.read_text() == kept
