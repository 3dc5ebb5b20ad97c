"""What the vault needs from outside: a place for bytes, and a scanner where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


class StorageFailed(Exception):
    """The store could not keep or return the bytes (disk full, network). The message says what to do, in Chinese."""


class BlobMissing(StorageFailed):
    """No such content in the store."""


class ScannerUnavailable(Exception):
    """The scanner does not answer."""


class Blobs(Protocol):
    """Bytes by key (SM3 in hex). ``put`` is idempotent, and durable when it returns."""

    def put(self, key: str, content: BinaryIO) -> None:
        """Keep the bytes; where the key exists already, mark it as touched now."""

    def open(self, key: str) -> BinaryIO:
        """The bytes, to be closed by the caller. Raises BlobMissing."""

    def delete(self, key: str) -> None:
        """Forget the bytes; unknown keys are ignored."""

    def held(self) -> Iterator[tuple[str, datetime]]:
        """Every key (unfinished writes included) and when it was last touched."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says: the name of what it found, "" = nothing."""

    found: str


class Scanner(Protocol):
    """A virus scanner."""

    def scan(self, content: BinaryIO) -> Verdict:
        """Look through the bytes. Raises ScannerUnavailable."""

    def version(self) -> str:
        """What answers. Raises ScannerUnavailable."""


class _Wired:
    blobs: Blobs | None = None
    scanner: Scanner | None = None


def connect(*, blobs: Blobs, scanner: Scanner | None) -> None:
    """Called once by the wiring; ``scanner`` None = 未配置查毒."""
    _Wired.blobs, _Wired.scanner = blobs, scanner


def blobs() -> Blobs:
    """The connected store."""
    if _Wired.blobs is None:
        raise RuntimeError("vault.ports.connect() was not called")
    return _Wired.blobs


def scanner() -> Scanner | None:
    """The connected scanner, None where none is configured."""
    return _Wired.scanner
