"""What every test shares: a real PostgreSQL of its own, started only where a test asks for the database."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from onedoor.instance.postgres import OWNER, Postgres


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A cluster that lives as long as the test run."""
    server = Postgres(Path(tmp_path_factory.mktemp("cluster")))
    server.start(options=["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
    yield server
    server.stop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres: Postgres) -> None:
    """Point Django at that cluster, as the owner: pytest-django creates and migrates the test database."""
    from django.db import connections

    address = postgres.dsn(OWNER, "postgres")
    connections["default"].settings_dict.update(
        NAME="onedoor", USER=address.role, PASSWORD=address.password, HOST=str(address.socket), OPTIONS={}
    )


@pytest.fixture(scope="session", autouse=True)
def instance_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys and files that an instance has in its own folder."""
    from django.conf import settings

    folder = Path(tmp_path_factory.mktemp("instance"))
    (folder / "keys").mkdir(mode=0o700)
    settings.PERSONAL_KEY_FILE = folder / "keys" / "personal.key"
    settings.JOURNAL_KEY_FILE = folder / "keys" / "journal.pem"
    settings.CHECKPOINTS_FILE = folder / "checkpoints.jsonl"
    settings.PERSONAL_KEY_FILE.write_text(secrets.token_hex(16))
    return folder
