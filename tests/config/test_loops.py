"""Loops of the worker process."""

import subprocess
import sys
import threading

import pytest
from django.db import OperationalError

from onedoor.config import loops
from onedoor.config.loops import Loop, Loops

FAILS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "onedoor.config.settings"
import time
from onedoor.config.loops import Loop, Loops
Loops([Loop("broken", 0.01, lambda: 1 / 0)]).start()
time.sleep(30)
"""


def test_a_loop_turns_until_it_is_told_to_stop() -> None:
    turned = threading.Semaphore(0)
    running = Loops([Loop("counting", 0.0, turned.release)])
    running.start()
    assert all(turned.acquire(timeout=5) for _ in range(3))
    running.stop()
    while turned.acquire(blocking=False):
        continue
    assert not turned.acquire(timeout=0.05)


@pytest.mark.django_db
def test_a_database_that_is_away_is_waited_for() -> None:
    def away() -> None:
        raise OperationalError

    assert Loops._turn(Loop("patient", 0.5, away)) == loops.AFTER_ERROR_SECONDS


def test_any_other_fault_ends_the_process_loudly() -> None:
    done = subprocess.run([sys.executable, "-c", FAILS], capture_output=True, text=True, check=False, timeout=25)
    assert done.returncode < 0
