"""The web program: granian's master with the application loaded once, and its workers forked from it.

A worker that dies is forked again at once; where workers keep dying granian ends, and the process tree starts it
again, later each time. Granian's workers would outlive a killed master and go on serving old code: so each asks the
kernel to die with it.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from onedoor.instance import garbage, lifeline

APPLICATION = "onedoor.config.wsgi"
KILL_SECONDS = 8
GATE_POLL_SECONDS = 0.02


def main() -> None:
    """Load, wait for the gate, serve until SIGTERM."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()
    load()
    wait_for_gate()
    server = Granian(
        f"{APPLICATION}:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=worker(os.getpid()), wrap_loader=False)


def load() -> None:
    """All code, but no connection, no thread and no look at the static files: it is forked afterwards."""
    django.setup()
    for name in (settings.ROOT_URLCONF, *(path.rpartition(".")[0] for path in settings.MIDDLEWARE)):
        importlib.import_module(name)
    garbage.spare()


def wait_for_gate() -> None:
    """Until the database is prepared: the tree makes the file that ``ONEDOOR_GATE`` names."""
    gate = os.environ.get("ONEDOOR_GATE")
    while gate and not Path(gate).exists():
        time.sleep(GATE_POLL_SECONDS)


def worker(master: int) -> Callable[[], Any]:
    """What each worker process runs first."""

    def start() -> Any:
        lifeline.die_with_parent(signal.SIGKILL, master)
        return importlib.import_module(APPLICATION).application

    return start


if __name__ == "__main__":
    main()
