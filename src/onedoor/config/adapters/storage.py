"""Where the vault keeps bytes: a folder of this machine, or a bucket that speaks S3."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from onedoor.vault.ports import BlobMissing, StorageFailed

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PART: Final = "part-"
IN_MEMORY: Final = 4 << 20


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


class S3Blobs:
    """A bucket. Writing an existing key again is harmless: the key is the digest of the content.

    ``client`` makes the client on first use, so that a fork after loading does not share connections.
    """

    def __init__(self, client: Callable[[], S3Client], *, bucket: str, prefix: str = "") -> None:
        self._make, self._bucket, self._prefix = client, bucket, prefix
        self._pid, self._client = 0, cast("S3Client", None)

    def put(self, key: str, content: BinaryIO) -> None:
        """See the port."""
        content.seek(0)
        with _translated(key):
            self._s3().put_object(Bucket=self._bucket, Key=self._prefix + key, Body=content)

    def open(self, key: str) -> BinaryIO:
        """See the port: the bytes come whole into a private temporary file."""
        spooled = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  # the caller closes
        with _translated(key):
            body = self._s3().get_object(Bucket=self._bucket, Key=self._prefix + key)["Body"]
            for chunk in body.iter_chunks(1 << 18):
                spooled.write(chunk)
        spooled.seek(0)
        return spooled

    def delete(self, key: str) -> None:
        """See the port."""
        with _translated(key):
            self._s3().delete_object(Bucket=self._bucket, Key=self._prefix + key)

    def held(self) -> Iterator[tuple[str, datetime]]:
        """See the port."""
        with _translated(""):
            pages = self._s3().get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
            for page in pages:
                for held in page.get("Contents", []):
                    yield held["Key"].removeprefix(self._prefix), held["LastModified"]

    def _s3(self) -> S3Client:
        if self._pid != os.getpid():
            self._pid, self._client = os.getpid(), self._make()
        return self._client


@contextlib.contextmanager
def _translated(key: str) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in {"NoSuchKey", "404"}:
            raise BlobMissing(key) from error
        raise StorageFailed("文件存储服务拒绝了请求，文件没有保存。请联系系统管理员。") from error
    except BotoCoreError as error:
        raise StorageFailed("文件存储服务没有应答，文件没有保存。请稍后再试。") from error


def blobs(held: Mapping[str, Any], data: Path) -> LocalBlobs | S3Blobs:
    """What the settings ask for: a bucket where one is named, otherwise the folder ``vault`` of the instance."""
    where = held["s3"]
    if not where["bucket"]:
        return LocalBlobs(data / "vault")

    def client() -> S3Client:
        return boto3.client("s3", endpoint_url=where["endpoint"] or None)

    return S3Blobs(client, bucket=where["bucket"], prefix="vault/")
