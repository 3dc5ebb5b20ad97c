"""A real instance, as an operator starts it: ``onedoor up`` in a folder of its own, until SIGTERM."""

from __future__ import annotations

import http.client
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from onedoor.instance.postgres import APPLICATION, OWNER, Postgres

START_SECONDS = 240.0
STOP_SECONDS = 90.0
HOST = "127.0.0.1"
OURS = ("DATABASE_URL", "OWNER_DATABASE_URL", "ONEDOOR_DATA", "ONEDOOR_PROCESS", "ONEDOOR_DEMO", "ONEDOOR_AS_OWNER")


@dataclass
class Instance:
    """A folder, and the parent process while it runs. Port 0 = a free one, kept from the first start on."""

    folder: Path
    words: tuple[str, ...] = ()
    port: int = 0
    parent: psutil.Popen | None = None
    started: float = field(default=0.0)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Run, and wait for the ready line."""
        argv = [sys.executable, "-m", "onedoor.config.cli", "up", "--data", str(self.folder), "--port", str(self.port)]
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        began = time.monotonic()
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.parent = psutil.Popen(
                [*argv, *self.words], env=environment(), stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL
            )
        while not self._ready(began + START_SECONDS):
            continue
        self.started = time.monotonic() - began

    def _ready(self, deadline: float) -> bool:
        assert self.parent is not None
        left = deadline - time.monotonic()
        heard, _, _ = select.select([self.parent.stdout], [], [], max(left, 0))
        line = self.parent.stdout.readline().decode() if heard else ""
        assert line, f"not ready: {self.log()}"
        if line.startswith("ready "):
            self.port = int(line.strip().rpartition(":")[2])
        return line.startswith("ready ")

    def log(self) -> str:
        return (self.folder.parent / f"{self.folder.name}.log").read_text("utf-8", errors="replace")[-3000:]

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        assert self.parent is not None
        self.parent.terminate()
        try:
            return int(self.parent.wait(STOP_SECONDS))
        finally:
            self.end()

    def end(self) -> None:
        """Whatever state it is in, nothing of it stays."""
        if self.parent is None:
            return
        self.kill()
        self.parent.stdout.close()
        self.parent.wait()
        self.parent = None

    def kill(self) -> None:
        """SIGKILL to all of it at once; who has died of another's death meanwhile is passed over."""
        assert self.parent is not None
        for process in [self.parent, *self.tree()]:
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def tree(self) -> list[psutil.Process]:
        """Everything below the parent."""
        assert self.parent is not None
        try:
            return list(self.parent.children(recursive=True))
        except psutil.NoSuchProcess:
            return []

    def part(self, words: str) -> psutil.Process:
        """The parent's child whose command line contains the words."""
        assert self.parent is not None
        return next(child for child in self.parent.children() if words in " ".join(child.cmdline()))

    def answers(self) -> bool:
        """Whether it is healthy over HTTP."""
        client = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            client.request("GET", "/health.json", headers={"Host": "localhost"})
            return client.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            client.close()

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Rows of its database."""
        with psycopg.connect(str(Postgres(self.folder).dsn(OWNER)), autocommit=True) as connection:
            return list(connection.execute(sql.encode()).fetchall())

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``onedoor WORDS --data FOLDER``, as an operator types it beside the running instance."""
        argv = [sys.executable, "-m", "onedoor.config.cli", *words, "--data", str(self.folder)]
        return subprocess.run(argv, env=environment(), capture_output=True, text=True, check=False, timeout=300)

    def program(self, module: str) -> str:
        """``python -m MODULE`` on its data with the application's rights."""
        given = environment() | {
            "DJANGO_SETTINGS_MODULE": "onedoor.config.settings",
            "ONEDOOR_DATA": str(self.folder),
            "DATABASE_URL": str(Postgres(self.folder).dsn(APPLICATION)),
            "OWNER_DATABASE_URL": str(Postgres(self.folder).dsn(OWNER)),
        }
        done = subprocess.run([sys.executable, "-m", module], env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def faults(self) -> list[str]:
        """What the operator's own checks say against it: rows against replays, and the sealed journal."""
        told = [self.command("cases", "check"), self.command("verify")]
        return [done.stdout + done.stderr for done in told if done.returncode != 0]


def environment() -> dict[str, str]:
    """Ours, without what belongs to another instance."""
    return {name: text for name, text in os.environ.items() if name not in OURS}
