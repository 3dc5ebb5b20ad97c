"""The embedded database with real servers."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from onedoor.instance import processes
from onedoor.instance.home import InstanceError
from onedoor.instance.postgres import APPLICATION, OWNER, Postgres, PostgresError, major
from onedoor.instance.processes import wait_until, working_in

HOLD = """
import sys, time
from pathlib import Path
from onedoor.instance.postgres import Postgres
server = Postgres(Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
time.sleep(60)
"""


def ask(server: Postgres, sql: str, role: str = OWNER) -> list[tuple[object, ...]]:
    with psycopg.connect(str(server.dsn(role)), autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def test_it_answers_both_roles_over_a_socket_and_never_over_tcp(server: Postgres) -> None:
    server.start()
    for role in (OWNER, APPLICATION):
        assert ask(server, "SELECT current_user::text, current_setting('listen_addresses')", role) == [(role, "")]
    assert server.socket.stat().st_mode & 0o777 == 0o700


def test_what_is_committed_is_on_disk_and_checked(server: Postgres) -> None:
    server.start()
    names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
    assert ask(server, "SELECT " + ", ".join(f"current_setting('{name}')" for name in names)) == [("on",) * 4]


def test_a_wrong_password_is_refused(server: Postgres) -> None:
    server.start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(str(server.dsn(OWNER)).replace(server.dsn(OWNER).password, "wrong"))


def test_text_is_utf8_and_sorts_alike_everywhere(server: Postgres) -> None:
    server.start()
    assert ask(server, "SELECT current_setting('server_encoding'), 'É' < 'a', lower('É')") == [("UTF8", False, "é")]


def test_a_restart_keeps_the_data(server: Postgres) -> None:
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 42 AS number")
    server.stop()
    assert not server.alive()
    server.start()
    assert ask(server, "SELECT number FROM kept") == [(42,)]


def test_a_killed_server_is_repaired_at_the_next_start(server: Postgres) -> None:
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 42 AS number")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    assert wait_until(lambda: not server.alive(), 5)
    server.start()
    assert ask(server, "SELECT number FROM kept") == [(42,)]


def test_the_server_dies_with_whoever_started_it(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    pid = int(holder.stdout.readline())
    holder.kill()
    holder.communicate()
    assert wait_until(lambda: not any(working_in(tmp_path / "pg")), 2)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_server_left_over_is_ended_before_a_new_one_starts(server: Postgres) -> None:
    server.start()
    old = server.pid
    left_over, server._process = server._process, None  # as after a kill of a parent that had no lifeline
    assert left_over is not None
    server.start()
    assert left_over.wait(5) is not None
    assert server.pid != old
    assert ask(server, "SELECT 1") == [(1,)]


def test_a_note_whose_number_now_belongs_to_another_process_does_not_stop_the_start(server: Postgres) -> None:
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getppid()}\n{server.data}\n{int(time.time())}\n5432\n\n\n")
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]


def test_a_second_start_on_the_same_folder_is_refused(server: Postgres) -> None:
    server.start()
    with pytest.raises(InstanceError, match="正由另一个进程使用"):
        Postgres(server.folder).start()


def test_data_of_another_major_version_is_refused_with_what_to_do(server: Postgres) -> None:
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError, match=r"PostgreSQL 9 .*pg_dump"):
        server.start()
    (server.data / "PG_VERSION").write_text(major(server.bin) + "\n")
    server.start()  # the refusal gave the folder back


def test_a_creation_that_was_cut_off_is_begun_anew(server: Postgres) -> None:
    half = server.folder / "pg.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text(major(server.bin))
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]


def test_the_socket_folder_comes_back_after_a_reboot(server: Postgres) -> None:
    server.start()
    server.stop()
    shutil.rmtree(server.socket, ignore_errors=True)  # a long path's short folder went with the server already
    server.start()
    assert ask(server, "SELECT 1") == [(1,)]


def test_a_long_path_gets_a_short_socket_folder_that_goes_with_the_server(tmp_path: Path) -> None:
    server = Postgres(tmp_path / ("long-" * 20))
    server.start()
    try:
        assert ask(server, "SELECT 1") == [(1,)]
        assert len(str(server.socket)) < 80
    finally:
        folder = server.socket
        server.stop()
    assert not folder.exists()


def test_a_broken_server_says_where_to_look(server: Postgres) -> None:
    server.start()
    server.stop()
    (server.data / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(PostgresError, match=r"postgres\.log.*nonsense"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_where_namespaces_are_forbidden_another_user_owns_the_data_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import shutil
    import tempfile

    monkeypatch.setenv("ONEDOOR_PG_IDENTITY", "user")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o711)
    server = Postgres(folder / "data")
    try:
        server.start()
        assert ask(server, "SELECT 1") == [(1,)]
        assert server.data.stat().st_uid != 0
        owners = {path.name: path.stat().st_uid for path in server.folder.iterdir() if path.name != "socket"}
        assert [name for name, uid in owners.items() if uid != 0] == ["pg"]
    finally:
        server.stop()
        shutil.rmtree(folder)
    assert not any(processes.working_in(server.data))
