"""Ending processes for certain, and finding those that a killed parent left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

POLL_SECONDS = 0.01


def stop(
    process: subprocess.Popen[bytes], first: signal.Signals, second: signal.Signals = signal.SIGKILL, *, grace: float
) -> None:
    """Signal ``first``; after ``grace`` seconds ``second``; after as many again SIGKILL. Returns when it is gone."""
    for name in (first, second, signal.SIGKILL):
        process.send_signal(name)
        try:
            process.wait(grace)
            return
        except subprocess.TimeoutExpired:
            continue


def end_all_in(folder: Path, *, first: signal.Signals, grace: float = 5.0) -> None:
    """End every process whose working folder is ``folder``: kindly the eldest, after ``grace`` seconds all by SIGKILL.

    Only the eldest are asked kindly: they end their children in order, while children that vanish look like a crash.
    """
    if not folder.exists():
        return
    found = set(working_in(folder))
    _signal({pid for pid in found if parent_of(pid) not in found}, first)
    if not wait_until(lambda: not any(working_in(folder)), grace):
        _signal(set(working_in(folder)), signal.SIGKILL)
        wait_until(lambda: not any(working_in(folder)), grace)


def _signal(pids: set[int], name: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, name)
        except ProcessLookupError:
            continue


def parent_of(pid: int) -> int | None:
    """The parent's number, or None where the process is gone."""
    try:
        after_name = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2]
    except OSError:
        return None
    return int(after_name.split()[1])


def working_in(folder: Path) -> Iterator[int]:
    """The living processes whose working folder is ``folder`` (a PostgreSQL server works in its data folder)."""
    wanted = os.path.realpath(folder)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == wanted:
                yield int(entry.name)
        except OSError:
            continue  # gone meanwhile, or somebody else's


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def rotate(folder: Path, *, limit: int, keep: int) -> None:
    """Put aside every log of a folder that has grown past ``limit`` bytes; ``keep`` older pieces stay.

    The file is copied and emptied: its writers append, and go on without knowing. A line written between the two
    steps can be lost; a line of a log may be.
    """
    for path in (*folder.glob("*.log"), *folder.glob("*.out")):
        if path.stat().st_size <= limit:
            continue
        for number in range(keep - 1, 0, -1):
            older = path.with_name(f"{path.name}.{number}")
            if older.exists():
                older.replace(path.with_name(f"{path.name}.{number + 1}"))
        shutil.copyfile(path, path.with_name(f"{path.name}.1"))
        os.truncate(path, 0)
