"""The process tree with real processes: what dies, what comes back, who keeps the port."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from onedoor.instance.home import InstanceError
from onedoor.instance.processes import wait_until
from onedoor.instance.tree import reserve

EXAMPLE = Path(__file__).with_name("example_tree.py")
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, free_port: int) -> Iterator[Start]:
    """Starts the example tree and waits until it is ready (or has given up)."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        argv = [sys.executable, str(EXAMPLE), str(tmp_path), str(free_port), *words]
        parent = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(parent)
        assert parent.stdout is not None
        assert parent.stdout.readline() == ("" if words else "ready\n")
        return parent

    yield run
    for parent in started:
        parent.kill()
        parent.communicate()


def pid_of(folder: Path, name: str) -> int:
    return int((folder / f"{name}.pid").read_text() or 0)


def lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def test_a_child_that_dies_alone_is_started_again(start: Start, tmp_path: Path, free_port: int) -> None:
    start()
    first = pid_of(tmp_path, "web")
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: pid_of(tmp_path, "web") != first and listens(free_port), 5)
    assert not lives(first)


def test_when_the_parent_alone_is_killed_the_port_is_closed_and_no_child_lives(
    start: Start, tmp_path: Path, free_port: int
) -> None:
    parent = start()
    children = [pid_of(tmp_path, "web"), pid_of(tmp_path, "idle")]
    parent.kill()
    assert wait_until(lambda: not listens(free_port) and not any(map(lives, children)), 2)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_stop_signal_ends_the_whole_tree_and_is_a_success(
    start: Start, tmp_path: Path, free_port: int, name: str
) -> None:
    parent = start()
    children = [pid_of(tmp_path, "web"), pid_of(tmp_path, "idle")]
    parent.send_signal(signal.Signals[name])
    assert parent.wait(10) == 0
    assert not listens(free_port)
    assert not any(map(lives, children))


def test_a_child_that_ignores_sigterm_is_killed(start: Start, tmp_path: Path) -> None:
    parent = start()
    child = pid_of(tmp_path, "idle")
    os.kill(child, signal.SIGSTOP)  # a stopped process does not act on SIGTERM
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(25) == 0
    assert not lives(child)


def test_where_a_child_keeps_dying_before_it_serves_the_tree_gives_up(start: Start, tmp_path: Path) -> None:
    parent = start("brittle")
    assert parent.wait(10) == 1
    assert parent.stderr is not None
    assert "没有启动成功" in parent.stderr.read()
    assert not lives(pid_of(tmp_path, "web"))


def test_a_port_that_another_program_listens_on_is_refused(free_port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        with pytest.raises(InstanceError, match=f"端口 {free_port} 已被占用"):
            reserve("127.0.0.1", free_port)


def test_a_port_is_refused_even_where_its_holder_shares_ports_and_is_not_listening_yet(free_port: int) -> None:
    with reserve("127.0.0.1", free_port), pytest.raises(InstanceError, match="已被占用"):
        reserve("127.0.0.1", free_port)


def test_a_port_just_left_is_free_again(free_port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", free_port))
        listener.listen()
        client = socket.create_connection(("127.0.0.1", free_port))
        accepted, _ = listener.accept()
        accepted.close()  # the server ends first: its side of the connection lingers in TIME_WAIT
        client.close()
    reserve("127.0.0.1", free_port).close()


def test_port_zero_finds_one() -> None:
    with reserve("127.0.0.1", 0) as held:
        assert held.getsockname()[1] > 0
