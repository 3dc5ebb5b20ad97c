"""Loops of the worker process: small things done again and again, each in a thread of its own."""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.conf import settings
from django.db import Error, close_old_connections

from onedoor.instance import processes

log = structlog.get_logger(__name__)
AFTER_ERROR_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Loop:
    """``turn`` is called, then again ``every`` seconds after it ended. It must be safe to stop between two turns."""

    name: str
    every: float
    turn: Callable[[], object]


class Loops:
    """Runs loops until told to stop. A database error is waited out; any other fault ends the whole process.

    The tree starts the process again: a loop that is silently dead would be worse than a loud restart.
    """

    def __init__(self, loops: Sequence[Loop]) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(loop,), name=loop.name) for loop in loops]

    def start(self) -> None:
        """Start every thread."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let every loop end its turn."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, loop: Loop) -> None:
        try:
            while not self._stop.wait(self._turn(loop)):
                continue
        except BaseException:
            log.critical("loop_failed", loop=loop.name, error=traceback.format_exc())
            os.kill(os.getpid(), signal.SIGKILL)
            raise

    @staticmethod
    def _turn(loop: Loop) -> float:
        try:
            loop.turn()
        except Error as error:
            log.warning("loop_waits", loop=loop.name, error=str(error))
            return max(loop.every, AFTER_ERROR_SECONDS)
        finally:
            close_old_connections()
        return loop.every


def rotate_logs() -> Loop:
    """Every minute; 20 MB a file, ten older pieces."""
    folder = Path(settings.DATA) / "logs"
    return Loop("rotate_logs", 60.0, lambda: processes.rotate(folder, limit=20_000_000, keep=10))
