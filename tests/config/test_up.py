"""``onedoor up`` for real: one instance, killed in every way, and what is left afterwards."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import pytest

from onedoor.config import up
from onedoor.instance.postgres import OWNER, Postgres
from onedoor.instance.processes import wait_until

START_SECONDS = 120


@dataclass
class Instance:
    """A folder, a port, and the parent process while it runs."""

    data: Path
    port: int
    parent: psutil.Popen | None = None
    errors: list[str] = field(default_factory=list)

    def run(self, *words: str) -> "psutil.Popen":
        argv = [sys.executable, "-m", "onedoor.config.cli", "up", "--data", str(self.data), "--port", str(self.port)]
        environment = {name: text for name, text in os.environ.items() if not name.startswith("ONEDOOR_")}
        environment |= {name: os.environ[name] for name in ("ONEDOOR_PG_BIN",) if name in os.environ}
        return psutil.Popen(
            [*argv, "--no-demo", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )

    def start(self) -> None:
        self.parent = self.run()
        lines = iter(self.parent.stdout.readline, "")
        assert any(line == f"ready http://localhost:{self.port}\n" for line in lines), self.parent.stderr.read()

    def tree(self) -> list[psutil.Process]:
        assert self.parent is not None
        return self.parent.children(recursive=True)

    def part(self, words: str) -> list[psutil.Process]:
        """The parent's direct children whose command line contains the words."""
        assert self.parent is not None
        living = [child for child in self.parent.children() if not gone([child])]
        return [child for child in living if words in " ".join(child.cmdline())]

    def status(self, path: str = "/health.json") -> int | None:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            client.request("GET", path, headers={"Host": "localhost"})
            return client.getresponse().status
        except OSError:
            return None
        finally:
            client.close()

    def kill_all(self) -> None:
        for process in [*self.tree(), self.parent] if self.parent and self.parent.is_running() else []:
            process.kill()
        if self.parent is not None:
            self.parent.communicate()

    def listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = Instance(tmp_path_factory.mktemp("instance"), port)
    found.start()
    yield found
    found.kill_all()


def gone(processes: list[psutil.Process]) -> bool:
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


def ask(instance: Instance, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(str(Postgres(instance.data).dsn(OWNER)), autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def test_it_serves_and_says_who_serves(instance: Instance) -> None:
    assert instance.status() == 200
    note = json.loads((instance.data / "run.json").read_text())
    assert instance.parent is not None
    assert (note["pid"], note["port"]) == (instance.parent.pid, instance.port)


def test_the_application_may_add_to_the_journal_and_never_change_it(instance: Instance) -> None:
    may = "has_table_privilege('onedoor_app', 'journal_entry', '{}')"
    rights = ask(instance, "SELECT " + ", ".join(may.format(act) for act in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")))
    assert rights == [(True, False, False, False)]


def test_secrets_and_logs_are_closed_to_others(instance: Instance) -> None:
    closed = {name: (instance.data / name).stat().st_mode & 0o777 for name in ("keys", "logs", "secrets", "pg")}
    assert closed == dict.fromkeys(closed, 0o700)


def test_no_tcp_port_but_its_own_is_opened(instance: Instance) -> None:
    opened = set()
    for process in instance.tree():
        with contextlib.suppress(psutil.NoSuchProcess):  # PostgreSQL's helpers come and go
            listening = [c for c in process.net_connections(kind="inet") if c.status == psutil.CONN_LISTEN]
            opened |= {connection.laddr.port for connection in listening}
    assert opened == {instance.port}


def test_a_second_start_is_refused_on_the_same_folder(instance: Instance) -> None:
    out, error = instance.run().communicate(timeout=60)
    assert "ready" not in out
    assert "正由另一个进程使用" in error
    assert instance.status() == 200


def test_a_second_instance_is_refused_on_the_same_port(instance: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path / "other", instance.port).run()
    out, error = other.communicate(timeout=60)
    assert (other.returncode, "ready" in out) == (1, False)
    assert f"端口 {instance.port} 已被占用" in error


def test_a_command_uses_the_running_database(instance: Instance) -> None:
    argv = [sys.executable, "-m", "onedoor.config.cli", "showmigrations", "journal", "--data", str(instance.data)]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60)
    assert "[X] 0001" in done.stdout
    assert instance.status() == 200


def test_a_killed_worker_comes_back(instance: Instance) -> None:
    (worker,) = instance.part(" worker")
    worker.kill()
    assert wait_until(lambda: [one.pid for one in instance.part(" worker")] not in ([], [worker.pid]), 10)
    assert instance.status() == 200


def test_a_killed_web_worker_comes_back_and_the_others_serve_meanwhile(instance: Instance) -> None:
    (master,) = instance.part("onedoor.config.web")
    before = {child.pid for child in master.children()}
    os.kill(min(before), signal.SIGKILL)
    assert wait_until(lambda: len({child.pid for child in master.children()} - before) == 1, 10)
    assert wait_until(lambda: instance.status() == 200, 10)


def test_a_killed_web_master_takes_its_workers_along_and_comes_back(instance: Instance) -> None:
    (master,) = instance.part("onedoor.config.web")
    old = [master, *master.children()]
    master.kill()
    assert wait_until(lambda: gone(old), 2)
    assert wait_until(lambda: instance.status() == 200, START_SECONDS)


def test_a_killed_database_is_repaired_and_no_page_fails_afterwards(instance: Instance) -> None:
    ask(instance, "CREATE TABLE kept AS SELECT 42 AS number")
    (database,) = instance.part("postgres")
    database.kill()
    assert wait_until(lambda: instance.status() == 200, 60)
    assert ask(instance, "SELECT number FROM kept") == [(42,)]
    assert [instance.status() for _ in range(20)] == [200] * 20


def test_when_the_parent_alone_is_killed_nothing_old_serves_and_the_next_start_keeps_the_data(
    instance: Instance,
) -> None:
    assert instance.parent is not None
    old = instance.tree()
    assert len(old) > 5
    instance.parent.kill()
    assert wait_until(lambda: not instance.listens(), 2)
    instance.parent.communicate()
    assert wait_until(lambda: gone(old), 10)
    instance.start()
    assert ask(instance, "SELECT number FROM kept") == [(42,)]


def test_sigterm_stops_the_whole_tree(instance: Instance) -> None:
    assert instance.parent is not None
    old = instance.tree()
    instance.parent.terminate()
    assert instance.parent.wait(40) == 0
    assert gone(old)
    assert not instance.listens()
    assert not (instance.data / "run.json").exists()


def test_a_command_starts_and_stops_the_database_for_itself(instance: Instance) -> None:
    argv = [sys.executable, "-m", "onedoor.config.cli", "--data", str(instance.data), "showmigrations", "journal"]
    done = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60)
    assert "[X] 0001" in done.stdout
    assert not any(
        str(instance.data) in " ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])
    )


def test_a_real_instance_never_becomes_a_demo_nor_the_reverse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = up.Home(tmp_path)
    assert up._is_demo(home, wanted=False) is False
    assert up._is_demo(home, wanted=True) is False
    assert "正式实例" in capsys.readouterr().err
    demo = up.Home(tmp_path / "demo")
    demo.folder.mkdir()
    assert up._is_demo(demo, wanted=True) is True
    with pytest.raises(up.InstanceError, match="示例数据"):
        up._is_demo(demo, wanted=False)


@pytest.mark.parametrize("words", [["--port", "x"], ["--workers", "0"], ["--nonsense"]])
def test_wrong_words_are_refused_in_chinese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        up.main(words)
    assert stopped.value.code == 2
    assert re.match("参数有误", capsys.readouterr().err)
