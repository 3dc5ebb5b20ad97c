"""The instance's folder: what stands where, its keys, its lock, and the note that says who serves."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

PERSONAL_KEY_BYTES = 32


class InstanceError(RuntimeError):
    """The instance cannot run; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Running:
    """Who serves this folder now."""

    pid: int
    host: str
    port: int
    database: bool  # whether the embedded database belongs to it


@dataclass(frozen=True, slots=True)
class Home:
    """One instance's folder (``--data``); everything the instance writes is below it."""

    folder: Path

    @property
    def keys(self) -> Path:
        """Secrets of the application: 0700."""
        return self.folder / "keys"

    @property
    def logs(self) -> Path:
        """Logs of every process."""
        return self.folder / "logs"

    @property
    def note(self) -> Path:
        """The running note, ``run.json``."""
        return self.folder / "run.json"

    def create(self) -> None:
        """Make the folders and the keys that are missing. Existing keys are never touched."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        for folder in (self.keys, self.logs):
            folder.mkdir(exist_ok=True, mode=0o700)
        write_once(self.keys / "django.key", secrets.token_urlsafe(64).encode())
        write_once(self.keys / "personal.key", secrets.token_bytes(PERSONAL_KEY_BYTES))

    def running(self) -> Running | None:
        """The instance that serves this folder, or None. A note left by a killed one does not count."""
        if not is_locked(self.folder):
            return None
        try:
            return Running(**json.loads(self.note.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def announce(self, running: Running) -> None:
        """Write the note; whole or not at all."""
        fresh = self.note.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(running)))
        fresh.replace(self.note)


def write_once(path: Path, content: bytes) -> None:
    """Write a secret (0600) unless it is there; a kill leaves the whole of it or nothing."""
    if path.exists():
        return
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def lock(folder: Path, *, wait: float = 0.0) -> int:
    """Take the folder for this process, or raise InstanceError. Closing the number, or dying, gives it back."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o711)
    handle = os.open(folder / "lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                os.close(handle)
                raise InstanceError(f"{folder} 正由另一个进程使用。请先停止它，或用 --data 换一个文件夹。") from error
        time.sleep(0.05)


def is_locked(folder: Path) -> bool:
    """Whether another process holds the folder."""
    try:
        os.close(lock(folder))
    except InstanceError:
        return True
    return False


def keys_missing(folder: Path, names: Mapping[str, int | None]) -> tuple[str, ...]:
    """Which key files are absent, or do not have the size they must have (bytes; None = any)."""
    missing = []
    for name, size in names.items():
        path = folder / name
        if not path.is_file() or (size is not None and path.stat().st_size != size):
            missing.append(name)
    return tuple(missing)
