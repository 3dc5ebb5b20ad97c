"""Whatever a test starts here is gone when it ends."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from onedoor.instance.postgres import Postgres


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    """A cluster that no test has started yet."""
    found = Postgres(tmp_path / "data")
    yield found
    found.stop()


@pytest.fixture
def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _no_process_left() -> Iterator[None]:
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    yield
    left = [child for child in psutil.Process().children(recursive=True) if not _belongs(child, before)]
    for child in left:
        child.kill()
    assert not left


def _belongs(child: psutil.Process, before: set[int]) -> bool:
    """Whether a process was there before, or comes from one that was: the session's own database has its workers."""
    try:
        return bool(before & {child.pid, *(parent.pid for parent in child.parents())})
    except psutil.NoSuchProcess:
        return True
