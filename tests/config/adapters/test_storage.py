"""Both stores keep the promise of the port: the folder, and a bucket of a real S3 server process."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest

from onedoor.config.adapters.buckets import S3Blobs
from onedoor.config.adapters.storage import LocalBlobs, blobs
from onedoor.vault.ports import BlobMissing, Blobs, StorageFailed

KEY = "ab" * 32
OTHER = "cd" * 32


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def s3(port: int) -> object:
    return boto3.client(
        "s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1",
        aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip


@pytest.fixture(scope="module")
def s3_port() -> Iterator[int]:
    port = free_port()
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "moto_server"), "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        s3(port).create_bucket(Bucket="onedoor")  # type: ignore[attr-defined]
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return LocalBlobs(tmp_path / "vault")
    port = request.getfixturevalue("s3_port")
    return S3Blobs(lambda: s3(port), bucket="onedoor", prefix=f"{tmp_path.name}/")  # type: ignore[arg-type,return-value]


def test_what_was_put_comes_back(store: Blobs) -> None:
    content = os.urandom(5 << 20)
    store.put(KEY, io.BytesIO(content))
    with store.open(KEY) as held:
        assert held.read() == content


def test_putting_twice_is_putting_once_and_touches(store: Blobs) -> None:
    store.put(KEY, io.BytesIO(b"one"))
    store.put(KEY, io.BytesIO(b"one"))
    ((key, touched),) = store.held()
    assert key == KEY
    assert abs(datetime.now(UTC) - touched) < timedelta(minutes=1)


def test_what_is_not_there_is_missing_and_may_be_deleted(store: Blobs) -> None:
    with pytest.raises(BlobMissing):
        store.open(KEY)
    store.delete(KEY)
    store.put(OTHER, io.BytesIO(b"x"))
    store.delete(OTHER)
    with pytest.raises(BlobMissing):
        store.open(OTHER)
    assert list(store.held()) == []


def test_every_key_is_listed(store: Blobs) -> None:
    for key in (KEY, OTHER):
        store.put(key, io.BytesIO(b"x"))
    assert sorted(key for key, _ in store.held()) == [KEY, OTHER]


def test_a_bucket_that_does_not_answer_or_does_not_exist_says_so(s3_port: int) -> None:
    lost = S3Blobs(lambda: s3(s3_port), bucket="nowhere")  # type: ignore[arg-type,return-value]
    with pytest.raises(StorageFailed, match="拒绝"):
        lost.put(KEY, io.BytesIO(b"x"))
    config = boto3.session.Config(retries={"total_max_attempts": 1}, connect_timeout=1)
    silent = boto3.client(
        "s3", endpoint_url=f"http://127.0.0.1:{free_port()}", region_name="us-east-1", config=config,
        aws_access_key_id="test", aws_secret_access_key="test",
    )  # fmt: skip
    with pytest.raises(StorageFailed, match="没有应答"):
        S3Blobs(lambda: silent, bucket="onedoor").put(KEY, io.BytesIO(b"x"))


@pytest.mark.parametrize("key", ["", "../x", "AB" * 32, "ab" * 31, "part-/../../x", "ab" * 31 + "/."])
def test_a_key_is_never_a_path(tmp_path: Path, key: str) -> None:
    store = LocalBlobs(tmp_path / "vault")
    for act in (store.open, store.delete, lambda bad: store.put(bad, io.BytesIO(b"x"))):
        with pytest.raises(ValueError):
            act(key)


def test_a_stored_file_is_private_and_read_only(tmp_path: Path) -> None:
    LocalBlobs(tmp_path / "vault").put(KEY, io.BytesIO(b"x"))
    path = tmp_path / "vault" / "ab" / "ab" / KEY
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.stat().st_mode & 0o077 == 0


def test_bytes_are_flushed_before_and_the_folders_after_the_rename(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    sync, rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("sync"), sync(handle)))
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append("rename"), rename(a, b)))
    LocalBlobs(tmp_path / "vault").put(KEY, io.BytesIO(b"x"))
    assert order[:2] == ["sync", "rename"]
    assert order[2:]
    assert set(order[2:]) == {"sync"}


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    store = LocalBlobs(tmp_path / "vault")
    with pytest.raises(ConnectionResetError):
        store.put(KEY, Breaks())
    assert list(store.held()) == []


def test_the_settings_choose_the_store(tmp_path: Path) -> None:
    assert isinstance(blobs({"s3": {"bucket": "", "endpoint": ""}}, tmp_path), LocalBlobs)
    assert isinstance(blobs({"s3": {"bucket": "onedoor", "endpoint": ""}}, tmp_path), S3Blobs)
