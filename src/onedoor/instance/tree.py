"""The process tree: one parent that starts, watches, restarts and stops the database and the programs.

Every child dies with the parent (``lifeline``); a child that dies alone is started again, later each time it dies
young. Nothing here knows what the programs do.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from onedoor.instance import home, lifeline, processes

GRACE_SECONDS = 10.0
LIVED_LONG_SECONDS = 30.0
FIRST_DELAY_SECONDS = 0.1
LONGEST_DELAY_SECONDS = 10.0
DEATHS_BEFORE_READY = 3
TICK_SECONDS = 0.5
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Service(Protocol):
    """What the tree can keep alive."""

    name: str

    def start(self) -> None:
        """Start; raise InstanceError where that fails."""

    def alive(self) -> bool:
        """Whether it runs."""

    def stop(self) -> None:
        """Stop and wait until it is gone."""


class Program:
    """One child process with its own log."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str],
        grace: float = GRACE_SECONDS,
    ) -> None:
        self.name = name
        self.argv = tuple(argv)
        self.log = log
        self.grace = grace
        self.environment = {**os.environ, **environment, "ONEDOOR_PROCESS": name}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start in a session of its own: Ctrl-C reaches the parent alone, which stops all in order."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                lifeline.command(self.argv, on_death=signal.SIGKILL),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )

    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def ask(self) -> None:
        """Ask it to stop, and do not wait."""
        if self._process is not None and self.alive():
            self._process.terminate()

    def stop(self) -> None:
        """Stop it; after ``grace`` seconds without mercy."""
        if self._process is not None:
            processes.stop(self._process, signal.SIGTERM, grace=self.grace)
            self._process = None


@dataclass(slots=True)
class _Watch:
    """When a service may be started again."""

    service: Service
    started: float = 0.0
    deaths: int = 0
    due: float | None = None  # None while it runs

    def died(self, now: float) -> None:
        self.deaths = 1 if now - self.started > LIVED_LONG_SECONDS else self.deaths + 1
        self.due = now + min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (self.deaths - 1))


@dataclass(slots=True)
class Tree:
    """The programs and the database they need (None where it is somebody else's); whoever opened that closes it."""

    database: Service | None
    programs: Sequence[Program]
    ready: Callable[[], bool]  # must answer quickly; asked until it is true
    on_ready: Callable[[], None]
    say: Callable[[str], None]
    _stopping: bool = False
    _watches: list[_Watch] = field(default_factory=list)

    def run(self) -> int:
        """Serve until a signal asks for the end (0), or until the programs keep dying before they serve (1)."""
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        before = {name: signal.signal(name, self._on_signal) for name in (*STOP_SIGNALS, signal.SIGCHLD)}
        wakeup = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        try:
            return self._serve(reader)
        finally:
            self._stop()
            signal.set_wakeup_fd(wakeup)
            for name, handler in before.items():
                signal.signal(name, handler)
            os.close(reader)
            os.close(writer)

    def _on_signal(self, number: int, _frame: object) -> None:
        self._stopping = self._stopping or number in STOP_SIGNALS

    def _serve(self, reader: int) -> int:
        services: list[Service] = [*([self.database] if self.database else []), *self.programs]
        self._watches = [_Watch(service) for service in services]
        for watch in self._watches:
            self._start(watch)
        served = False
        while not self._stopping:
            if not served and self.ready():
                served = True
                self.on_ready()
            self._look_after()
            if not served and any(watch.deaths >= DEATHS_BEFORE_READY for watch in self._watches):
                self.say("没有启动成功：进程反复退出，请看日志文件夹。")
                return 1
            _sleep(reader, TICK_SECONDS if served else FIRST_DELAY_SECONDS)
        return 0

    def _look_after(self) -> None:
        now = time.monotonic()
        for watch in self._watches:
            if watch.due is None and not watch.service.alive():
                watch.died(now)
                self.say(f"{watch.service.name} 意外退出，第 {watch.deaths} 次，将自动重新启动。")
            if watch.due is not None and watch.due <= now:
                self._start(watch)

    def _start(self, watch: _Watch) -> None:
        watch.started, watch.due = time.monotonic(), None
        try:
            if not watch.service.alive():
                watch.service.start()
        except home.InstanceError as error:
            self.say(str(error))
            watch.died(time.monotonic())

    def _stop(self) -> None:
        for program in self.programs:
            program.ask()
        for program in self.programs:
            program.stop()


def _sleep(reader: int, seconds: float) -> None:
    """Until a signal or the time."""
    if select.select([reader], [], [], seconds)[0]:
        os.read(reader, 4096)


def reserve(host: str, port: int, *, wait: float = 0.0) -> socket.socket:
    """Hold the port for this tree, or raise InstanceError where anyone else has it.

    The programs share it through SO_REUSEPORT. The socket never listens: it only keeps the port ours while a program
    is between two lives. ``wait``: seconds that the children of a killed parent get to disappear. Port 0 = any.
    """
    deadline = time.monotonic() + wait
    while not _is_free(host, port):
        if time.monotonic() >= deadline:
            raise home.InstanceError(f"端口 {port} 已被占用。请停止占用它的程序，或用 --port 换一个端口。")
        time.sleep(0.05)
    try:
        return _hold(host, port, socket.SO_REUSEPORT)
    except OSError:  # connections of a program that has just left linger in TIME_WAIT
        return _hold(host, port, socket.SO_REUSEPORT, socket.SO_REUSEADDR)


def _hold(host: str, port: int, *flags: int) -> socket.socket:
    held = socket.socket(_family(host), socket.SOCK_STREAM)
    for flag in flags:
        held.setsockopt(socket.SOL_SOCKET, flag, 1)
    try:
        held.bind((host, port))
    except OSError:
        held.close()
        raise
    return held


def _is_free(host: str, port: int) -> bool:
    with socket.socket(_family(host), socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
