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
    """End every process whose working folder is ``folder``: first kindly, after ``grace`` seconds with SIGKILL."""
    if not folder.exists():
        return
    for name in (first, signal.SIGKILL):
        if not _signal_all(folder, name):
            return
        if wait_until(lambda: not any(working_in(folder)), grace):
            return


def _signal_all(folder: Path, name: signal.Signals) -> bool:
    found = tuple(working_in(folder))
    for pid in found:
        try:
            os.kill(pid, name)
        except ProcessLookupError:
            continue
    return bool(found)


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
