"""Followers: every fact once and in order, whatever commits late, fails, or moves to another cluster."""

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from tests.journal.facts import entry

from onedoor.instance.postgres import OWNER, Postgres
from onedoor.journal import commands, jobs, ports, queries
from onedoor.journal.rules import Recorded


def write(stream: str, *seqs: int) -> None:
    with transaction.atomic():
        commands.append([entry(seq, stream=stream, personal={"name": "李桂芬"}) for seq in seqs])


@dataclass
class Copier:
    """Copies what it is told into a table, in the transaction of its cursor."""

    name: str = "copier"
    fails: Callable[[], None] = field(default=lambda: None)

    def handle(self, batch: Sequence[Recorded]) -> None:
        with connection.cursor() as cursor:
            for fact in batch:
                cursor.execute(
                    "INSERT INTO copied (entry, stream, name) VALUES (%s, %s, %s)",
                    [fact.id, fact.stream, fact.personal.get("name")],
                )
        self.fails()


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(autouse=True)
def table(committed_db: str) -> Iterator[None]:
    execute("CREATE TABLE copied (n serial PRIMARY KEY, entry bigint UNIQUE, stream text, name text)")
    kept = dict(ports._followers)
    ports._followers.clear()
    yield
    ports._followers.clear()
    ports._followers.update(kept)


def copied() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream FROM copied ORDER BY n")
        return [row[0] for row in cursor.fetchall()]


def drain(follower: Copier, *, limit: int = 3) -> None:
    while commands.follow(follower, limit=limit):
        continue


def test_every_fact_is_handled_once_in_order_without_its_personal_values() -> None:
    for number in range(8):
        write(f"case:{number}", 1)
    drain(Copier())
    drain(Copier())
    assert copied() == [f"case:{number}" for number in range(8)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT name FROM copied")
        assert cursor.fetchall() == [(None,)]


def test_a_failure_after_the_effects_undoes_effects_and_cursor_together() -> None:
    write("case:1", 1, 2)

    def fail() -> None:
        raise DatabaseError("the follower stumbles")

    ports.follow(Copier(fails=fail))
    other = Copier(name="other", fails=lambda: None)
    jobs.follow()
    assert copied() == []
    assert queries.follower_lags()[0].waiting == 2
    drain(other)
    assert copied() == ["case:1", "case:1"]


def test_a_transaction_that_commits_late_is_not_skipped() -> None:
    opened, close = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write("late:1", 1)
            opened.set()
            close.wait(30)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    opened.wait(30)
    write("early:1", 1)
    drain(Copier())
    assert copied() == []
    close.set()
    thread.join()
    drain(Copier())
    assert copied() == ["late:1", "early:1"]


def test_two_processes_move_one_follower_without_repeating() -> None:
    for number in range(40):
        write(f"case:{number}", 1)

    def run() -> None:
        for _ in range(40):
            commands.follow(Copier(), limit=2)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    drain(Copier())
    assert copied() == [f"case:{number}" for number in range(40)]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(tmp_path / "elsewhere")
    server.start(options=["-c", "fsync=off"])
    yield server
    server.stop()


def move(source: Postgres, target: Postgres, database: str) -> None:
    """pg_dump here, restore there, and connect Django there."""
    run(source, "pg_dump", "-Fc", "-f", str(target.folder / "dump"), database=database)
    run(target, "psql", "-qc", f"CREATE DATABASE {database}", database="postgres")
    run(target, "pg_restore", "--exit-on-error", "-d", database, str(target.folder / "dump"), database=database)
    address = target.dsn(OWNER, database)
    connection.close()
    connection.settings_dict.update(PASSWORD=address.password, HOST=str(address.socket))


def run(server: Postgres, program: str, *arguments: str, database: str) -> None:
    address = server.dsn(OWNER, database)
    environment = {"PGHOST": str(address.socket), "PGUSER": address.role, "PGPASSWORD": address.password}
    if program != "pg_restore":
        environment["PGDATABASE"] = database
    subprocess.run([str(tool(server, program)), *arguments], env=environment, check=True)


def tool(server: Postgres, name: str) -> Path:
    return server.bin / name


def later_facts_have_earlier_transaction_ids() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, min(xid::text::bigint), max(id) FROM journal_entry GROUP BY 1 ORDER BY 3")
        (_, old, _), (_, new, _) = cursor.fetchall()
        return bool(new < old)


def burn_transactions(number: int) -> None:
    for _ in range(number):
        with transaction.atomic():
            execute("SELECT pg_current_xact_id()")


def test_dump_and_restore_into_a_new_cluster_skips_nothing_and_repeats_nothing(
    committed_db: str, postgres: Postgres, elsewhere: Postgres
) -> None:
    before = {key: connection.settings_dict[key] for key in ("PASSWORD", "HOST")}
    try:
        burn_transactions(1000)  # the old cluster's transaction ids run ahead of the new one's
        for number in range(10):
            write(f"old:{number}", 1)
        commands.follow(Copier(), limit=4)
        jobs.seal()
        write("old:10", 1)
        opened, close = threading.Event(), threading.Event()

        def slow() -> None:
            with transaction.atomic():
                write("lost:1", 1)  # never committed in the old cluster before the dump
                opened.set()
                close.wait(60)
                transaction.set_rollback(True)
            connection.close()

        thread = threading.Thread(target=slow)
        thread.start()
        opened.wait(30)
        write("old:11", 1)  # committed, but above the oldest running transaction when the dump is taken
        move(postgres, elsewhere, committed_db)
        close.set()
        thread.join()
        write("new:0", 1)
        drain(Copier())
        write("new:1", 1)
        drain(Copier())
        assert later_facts_have_earlier_transaction_ids()
        assert copied() == [*(f"old:{number}" for number in range(12)), "new:0", "new:1"]
        jobs.seal()
        assert [leaf.entry_id for leaf in queries.sealed_rows()] == sorted(
            fact.id for name in set(copied()) for fact in queries.stream(name)
        )
        assert queries.verify().faults == ()
        assert queries.seal_lag().waiting == 0
    finally:
        connection.close()
        connection.settings_dict.update(before)
