"""Where the vault keeps bytes when a bucket is named: anything that speaks S3."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from onedoor.vault.ports import BlobMissing, StorageFailed

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

IN_MEMORY: Final = 4 << 20


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


def bucket(name: str, *, endpoint: str) -> S3Blobs:
    """The bucket of this name; keys and region come from where boto3 looks for them (AWS_…)."""

    def client() -> S3Client:
        return boto3.client("s3", endpoint_url=endpoint or None)

    return S3Blobs(client, bucket=name, prefix="vault/")
