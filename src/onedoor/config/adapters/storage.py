"""Where the vault keeps bytes: a folder of this machine (a bucket: see ``buckets``)."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from onedoor.vault.ports import BlobMissing, Blobs, StorageFailed

PART: Final = "part-"


class LocalBlobs:
    """A folder: ``ab/cd/abcd…``, written beside, flushed to the disk, renamed into place, read-only."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, content: BinaryIO) -> None:
        """See the port. Raises StorageFailed where the disk is full."""
        place = self._place(key)
        try:
            if place.exists():
                os.utime(place)
                return
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(place, content)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                raise StorageFailed("存储空间已满，文件没有保存。请联系系统管理员清理磁盘后再上传。") from error
            raise

    def _write(self, place: Path, content: BinaryIO) -> None:
        handle, name = tempfile.mkstemp(prefix=PART, dir=self._parts())
        try:
            with os.fdopen(handle, "wb") as part:
                shutil.copyfileobj(content, part, 1 << 20)
                os.fchmod(part.fileno(), 0o400)
                part.flush()
                os.fsync(part.fileno())
            os.replace(name, place)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)
            raise
        for folder in (place.parent, place.parent.parent, self._root):
            _sync_folder(folder)

    def open(self, key: str) -> BinaryIO:
        """See the port."""
        try:
            return self._place(key).open("rb")
        except FileNotFoundError as error:
            raise BlobMissing(key) from error

    def delete(self, key: str) -> None:
        """See the port."""
        self._place(key).unlink(missing_ok=True)

    def held(self) -> Iterator[tuple[str, datetime]]:
        """See the port; a write that was cut off shows under its temporary name."""
        for path in sorted(self._root.glob("??/??/*")) + sorted(self._parts().iterdir()):
            with contextlib.suppress(FileNotFoundError):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _parts(self) -> Path:
        parts = self._root / "parts"
        parts.mkdir(mode=0o700, parents=True, exist_ok=True)
        return parts

    def _place(self, key: str) -> Path:
        if key.startswith(PART) and "/" not in key:
            return self._parts() / key
        if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
            raise ValueError(f"not a key: {key!r}")
        return self._root / key[:2] / key[2:4] / key


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def blobs(held: Mapping[str, Any], data: Path) -> Blobs:
    """What the settings ask for: a bucket where one is named, otherwise the folder ``vault`` of the instance."""
    where = held["s3"]
    if not where["bucket"]:
        return LocalBlobs(data / "vault")
    from onedoor.config.adapters.buckets import bucket  # loads boto3, which is large

    return bucket(where["bucket"], endpoint=where["endpoint"])
