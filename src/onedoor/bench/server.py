"""A real instance for one benchmark, in a temporary folder: what ``onedoor up`` starts, and nothing of ours inside."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from onedoor.instance import lifeline
from onedoor.instance.home import InstanceError
from onedoor.instance.postgres import APPLICATION, OWNER, Postgres

READY_SECONDS = 300.0
STOP_SECONDS = 90.0
NOTHING: Mapping[str, str] = MappingProxyType({})
TICKS = os.sysconf("SC_CLK_TCK")
PARTS = {"onedoor.config.web": "web", "onedoor.config.cli worker": "worker", "postgres": "postgres"}  # by command line
# Nothing of the caller's instance reaches the benchmark's.
FOREIGN = ("DATABASE_URL", "OWNER_DATABASE_URL", "ONEDOOR_DATA", "ONEDOOR_PROCESS", "ONEDOOR_DEMO", "ONEDOOR_AS_OWNER")


@dataclass(frozen=True, slots=True)
class Server:
    """One running instance."""

    folder: Path
    host: str
    port: int
    pid: int

    @property
    def postgres_log(self) -> Path:
        """The log of its PostgreSQL."""
        return self.folder / "logs" / "postgres.log"

    def dsn(self, role: str = APPLICATION) -> str:
        """The way into its database."""
        return str(Postgres(self.folder).dsn(role))

    def environment(self) -> dict[str, str]:
        """For programs that work on its data with the application's rights."""
        return {
            **_clean_environment(),
            "DJANGO_SETTINGS_MODULE": "onedoor.config.settings",
            "ONEDOOR_DATA": str(self.folder),
            "DATABASE_URL": self.dsn(),
            "OWNER_DATABASE_URL": self.dsn(OWNER),
        }

    def program(self, module: str, *, given: str = "") -> str:
        """Run ``python -m module`` on this instance; what it printed. CalledProcessError where it fails."""
        argv = [sys.executable, "-m", module]
        done = subprocess.run(argv, input=given, env=self.environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stderr)
            done.check_returncode()
        return done.stdout

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """The database alone: web and worker are ended, nothing works on the data by itself any more."""
        os.kill(self.pid, signal.SIGTERM)
        postgres = Postgres(self.folder)
        postgres.start(wait=STOP_SECONDS)
        try:
            yield
        finally:
            postgres.stop()

    def processor_seconds(self) -> dict[str, float]:
        """Processor time used so far, by part: web, worker, postgres."""
        known = _processes()
        found = dict.fromkeys(PARTS.values(), 0.0)
        for pid, process in known.items():
            if part := _part(pid, self.pid, known):
                found[part] += process.seconds
        return found


@contextlib.contextmanager
def running(*, workers: int = 2, demo: bool = False, settings: Mapping[str, str] = NOTHING) -> Iterator[Server]:
    """Start an instance, empty or with the sample county, on a free port; afterwards stop it, remove its folder.

    ``settings``: of the instance, as an operator gives them in the environment.
    """
    folder = Path(tempfile.mkdtemp(prefix="onedoor-bench-"))
    folder.chmod(0o711)  # the database may have to run as another user
    argv = [sys.executable, "-m", "onedoor.config.cli", "up", "--port", "0", "--data", str(folder)]
    argv += ["--workers", str(workers), *([] if demo else ["--no-demo"])]
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(
            lifeline.command(argv, on_death=signal.SIGTERM),
            env={**_clean_environment(), **settings},
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    try:
        port = _wait(process, folder / "up.log")
        yield Server(folder, "127.0.0.1", port, process.pid)
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        process.kill()
        process.wait()
        if os.environ.get("ONEDOOR_BENCH_KEEP") is None:
            shutil.rmtree(folder, ignore_errors=True)


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def _wait(process: subprocess.Popen[bytes], log: Path) -> int:
    """The port, out of the line ``ready http://…:PORT``."""
    assert process.stdout is not None
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if select.select([process.stdout], [], [], 0.5)[0]:
            line = process.stdout.readline().decode().strip()
            if line.startswith("ready "):
                return int(line.rpartition(":")[2])
    raise InstanceError(f"性能测试的实例没有启动：{log.read_text(errors='replace')[-2000:]}")


@dataclass(frozen=True, slots=True)
class _Process:
    parent: int
    seconds: float  # its own, and those of children it has buried
    line: str


def _processes() -> dict[int, _Process]:
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # gone meanwhile
        found[int(entry.name)] = _Process(int(fields[1]), sum(map(int, fields[11:15])) / TICKS, line)
    return found


def _part(pid: int, root: int, known: dict[int, _Process]) -> str | None:
    """Which part of the tree below ``root`` a process belongs to; None outside of it."""
    chain = [pid]
    while chain[-1] in known and chain[-1] != root:
        chain.append(known[chain[-1]].parent)
    if chain[-1] != root:
        return None
    top = " ".join(known[each].line for each in chain[-3:-1])
    return next((part for words, part in PARTS.items() if words in top), None)
