"""Start a simulator as the process it is, and talk to it as its operator does."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Simulated:
    what: str
    url: str
    control: str
    pid: int

    def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(self.control + "messages").json()["messages"]
        return found

    def fail(self, times: int, code: int) -> None:
        httpx.post(self.control + "fail", json={"times": times, "code": code}).raise_for_status()

    def forget(self) -> None:
        httpx.delete(self.control + "messages").raise_for_status()


@contextmanager
def simulator(kind: str) -> Iterator[Simulated]:
    starter = "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "onedoor.config.settings", "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        [sys.executable, "-c", starter, "simulate", kind], stdout=subprocess.PIPE, env=environment, text=True
    )
    try:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        yield Simulated(told["ready"], told["url"], told["control"], process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
