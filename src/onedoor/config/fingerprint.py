"""Whether an instance was prepared by this very code already: then a start need not prepare it again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import onedoor
from onedoor.config import steps


def of_files(paths: Iterable[Path]) -> str:
    """Changes when any of the files does (by name, size and time)."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def of_code(*, demo: bool) -> str:
    """Changes with any file of the package, and with what is asked for."""
    root = Path(onedoor.__file__).parent
    files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    chosen = f"{demo} {steps.AS_OWNER} {steps.AS_APPLICATION} {steps.DEMO}"
    return hashlib.sha256(f"{of_files(files)} {chosen}".encode()).hexdigest()
