"""What every test shares: a real PostgreSQL of its own, started only where a test asks for the database."""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from onedoor.instance.postgres import OWNER, Postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from tests.cases.world import World

hypothesis.settings.register_profile("any machine", deadline=None)  # a slow one proves the same
hypothesis.settings.load_profile("any machine")

FRESH = "fresh"  # migrated and never written to


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

    from onedoor.config.settings import PREPARED

    address = postgres.dsn(OWNER, "postgres")
    connections["default"].settings_dict.update(
        NAME="onedoor", USER=address.role, PASSWORD=address.password, HOST=str(address.socket), OPTIONS=dict(PREPARED)
    )


@pytest.fixture(scope="session")
def django_db_setup(
    postgres: Postgres,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> None:
    """Create and migrate the test database, and keep a fresh copy to clone; both go when their cluster goes."""
    from django.db import connection
    from django.test.utils import setup_databases

    with django_db_blocker.unblock():
        setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())
        connection.close()
        clone(postgres, FRESH, template=connection.settings_dict["NAME"])


def clone(postgres: Postgres, name: str, *, template: str) -> None:
    """Copy a whole database."""
    with psycopg.connect(str(postgres.dsn(OWNER, "postgres")), autocommit=True) as admin:
        admin.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


@pytest.fixture(scope="session", autouse=True)
def instance_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys and files that an instance has in its own folder."""
    from django.conf import settings

    from onedoor.config.adapters.signing import SoftSigner, generate_key
    from onedoor.config.adapters.storage import LocalBlobs
    from onedoor.journal import ports
    from onedoor.vault import ports as vault

    folder = Path(tmp_path_factory.mktemp("instance"))
    (folder / "keys").mkdir(mode=0o700)
    settings.PERSONAL_KEY_FILE = folder / "keys" / "personal.key"
    settings.JOURNAL_KEY_FILE = folder / "keys" / "journal.pem"
    settings.CHECKPOINTS_FILE = folder / "checkpoints.jsonl"
    settings.PERSONAL_KEY_FILE.write_bytes(secrets.token_bytes(32))
    generate_key(settings.JOURNAL_KEY_FILE)
    ports.use_signer(SoftSigner(settings.JOURNAL_KEY_FILE))
    vault.connect(blobs=LocalBlobs(folder / "vault"), scanner=None)
    return folder


@pytest.fixture
def committed_db(
    postgres: Postgres,
    instance_keys: Path,
    tmp_path: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """A migrated database of its own in which commits are real: a clone, dropped afterwards. Yields its name.

    Threads of the test close their own connections. Not together with ``django_db``.
    """
    from django.conf import settings
    from django.db import connection

    test, name = connection.settings_dict["NAME"], f"clone_{secrets.token_hex(6)}"
    checkpoints = settings.CHECKPOINTS_FILE
    clone(postgres, name, template=FRESH)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        settings.CHECKPOINTS_FILE = tmp_path / "checkpoints.jsonl"
        yield name
        connection.close()
        connection.settings_dict["NAME"] = test
        settings.CHECKPOINTS_FILE = checkpoints
    with psycopg.connect(str(postgres.dsn(OWNER, "postgres")), autocommit=True) as admin:
        admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    """Chromium; where there is none, journeys are skipped with one clear line, but fail where CI promised one.

    Playwright keeps a loop in this thread while it lives: Django is told that its database may be used all the same,
    and the browser is closed with its module, because in other modules loops of their own must run.
    """
    from playwright.sync_api import sync_playwright
    from tests.journeys.doors import CHROMIUM, FLAGS

    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("没有浏览器：CI 中应当装有 chromium")
        pytest.skip("没有浏览器：安装 chromium 后再运行旅程测试")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def world(db: None, request: pytest.FixtureRequest) -> "Iterator[World]":
    """One published item, its applicant, and the officers who may act on it.

    Afterwards the row of every case that the test made must equal the replay of its journal.
    """
    from tests.cases.world import found

    from onedoor.cases.queries import checking

    yield found()
    if request.node.get_closest_marker("tampers") is None:
        assert [wrong for number in checking.numbers() if (wrong := checking.difference(number))] == []


@pytest.fixture(autouse=True)
def fresh_copies() -> None:
    """No test sees the divisions, calendars, organs and items of another's database."""
    from onedoor.areas import queries as areas
    from onedoor.items.queries import versions as items
    from onedoor.orgs import queries as orgs
    from onedoor.supervision import queries as supervision

    areas.forget()
    orgs.forget()
    supervision.forget()
    for copies in (items._held, items._versions, items._rows):  # ids of versions begin anew in each database
        copies.clear()


FIRST = (  # what takes longest goes first: no process is left with it at the end; of the rest the order stays
    *("tests/journeys/", "tests/journeys/test_crash.py", "tests/ui/test_apply_in_browser.py"),
    *("tests/ui/test_find_in_browser.py", "tests/config/test_up.py", "tests/repo/test_routes.py"),
    *("tests/portal/find/test_papers.py", "tests/instance/test_postgres.py", "tests/portal/test_track.py"),
    *("tests/kernel/test_sm.py", "tests/notices/test_jobs.py", "tests/cases/rules/"),
)
ALONE = "tests/journeys/test_crash.py"  # has an instance of its own; the other journeys share one, in one process


def place(nodeid: str) -> int:
    """Where a test stands in the order: by the longest name in FIRST that it begins with."""
    found = [name for name in FIRST if nodeid.startswith(name)]
    return FIRST.index(max(found, key=len)) if found else len(FIRST)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first. Journeys need Chromium: without one they are skipped, but with ``CI`` they stay and fail."""
    items.sort(key=lambda item: place(item.nodeid))
    if os.environ.get("CI") or shutil.which("chromium") or shutil.which("google-chrome"):
        return
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.skip(reason="没有找到 Chromium：浏览器测试跳过（请安装 chromium）"))


class Balanced(LoadFileScheduling):
    """A file stays in one process, so do the journeys that share an instance; in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return FIRST[0] if file.startswith(FIRST[0]) and file != ALONE else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Balanced:
    config.option.loadscopereorder = False
    return Balanced(config, log)
