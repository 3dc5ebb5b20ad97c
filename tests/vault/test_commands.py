"""Keeping, binding, discarding and sweeping files, against a real database and a real folder."""

import hashlib
import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from depositors import ANNA, AT, BO, CASE, Scanner, keep
from django.db import connection, transaction
from uploads import EICAR, PDF, bomb, docx, jpg, lying_bomb, ofd, png, xlsx, zipped

from onedoor.journal.queries import stream
from onedoor.kernel.actor import ANONYMOUS
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused
from onedoor.vault import commands, ports, queries
from onedoor.vault.models import Blob, File
from onedoor.vault.rules import ScanState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blobs")]


def on_disk() -> list[str]:
    return [key for key, _ in ports.blobs().held()]


def test_a_file_is_kept_under_its_digests_and_stated_in_the_journal() -> None:
    kept = keep(io.BytesIO(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (kept.size, kept.media_type, kept.name) == (len(PDF), "application/pdf", "材料.pdf")
    assert (kept.owner, kept.subject, kept.scan) == ("account:1", "", ScanState.NOT_CONFIGURED)
    assert on_disk() == [kept.sm3]
    (fact,) = stream(f"file:{kept.id}")
    assert (fact.kind, fact.actor, fact.body["sm3"]) == ("file_stored", "account:1", kept.sm3)
    assert fact.personal == {"name": "材料.pdf"}


def test_sm3_is_that_of_the_standard() -> None:
    from onedoor.kernel import sm

    assert keep().sm3 == sm.sm3(PDF).hex()


@pytest.mark.parametrize(
    ("content", "name"),
    [(png(), "a.png"), (jpg(), "a.jpeg"), (ofd(), "a.ofd"), (docx(), "a.docx"), (xlsx(), "a.xlsx"), (PDF, "a")],
)
def test_every_accepted_type_is_kept(content: bytes, name: str) -> None:
    assert keep(content, name).size == len(content)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", "空文件"),
        (PDF + b"x" * (1 << 20), "a.pdf", "超过 1 MB"),
        (b"MZ\x90\0" + b"\0" * 100, "a.pdf", "可执行程序"),
        (PDF, "a.jpg", "后缀是 .jpg"),
        (PDF, "a.exe", "后缀是 .exe"),
        (b"hello", "a.pdf", "无法识别"),
        (b"\0" * 1000, "a.pdf", "无法识别"),
        (zipped({"a.txt": b"x"}), "a.ofd", "ZIP 压缩包"),
        (ofd()[:-30], "a.ofd", "损坏"),
        (bomb(), "a.ofd", "压缩炸弹"),
        (lying_bomb(), "a.ofd", "损坏|压缩炸弹"),
        (ofd(**{"b.ofd": ofd()}), "a.ofd", "套着压缩包"),
        (b"\x89PNG\r\n\x1a\nxx", "a.png", "损坏的PNG"),
        (png(100_000, 100_000), "a.png", "像素过多"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do_and_nothing_is_written(
    content: bytes, name: str, reason: str, settings: Any
) -> None:
    settings.VAULT = settings.VAULT | {"max_bytes": 1 << 20}
    with pytest.raises(Invalid, match=reason) as caught:
        keep(content, name)
    assert caught.value.errors[0].field == "file"
    assert caught.value.errors[0].message.endswith("。")
    assert on_disk() == []
    assert not File.objects.exists()


@pytest.mark.parametrize("content", [EICAR, PDF + b"x" * ((1 << 18) - 60) + EICAR])
def test_the_test_virus_is_refused_even_without_a_scanner(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        keep(content)
    assert caught.value.code == "infected"
    assert on_disk() == []


def test_a_path_like_name_with_null_bytes_is_only_shown_and_never_used() -> None:
    kept = keep(name="../../../etc/\x00cron.d/张三\u202e.pdf")
    assert kept.name == "张三.pdf"
    assert on_disk() == [kept.sm3]


def test_an_endless_upload_is_cut_off_at_the_limit(settings: Any) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"%PDF-" + b"x" * (size - 5)

    endless = Endless()
    settings.VAULT = settings.VAULT | {"max_bytes": 1 << 20}
    with pytest.raises(Invalid, match="超过 1 MB"):
        keep(endless)  # type: ignore[arg-type]
    assert endless.given < 3 << 20


def test_visitors_store_nothing() -> None:
    with pytest.raises(Forbidden):
        keep(by=ANONYMOUS)


def test_the_same_content_is_kept_once_however_often_it_is_sent() -> None:
    first, second, third = keep(name="甲.pdf"), keep(name="乙.pdf"), keep(name="丙.pdf", by=BO)
    assert first.sm3 == second.sm3 == third.sm3
    assert len({first.id, second.id, third.id}) == 3
    assert Blob.objects.count() == 1
    assert on_disk() == [first.sm3]


def test_own_files_are_bound_together_or_not_at_all() -> None:
    mine, other, foreign = keep(), keep(png(), "b.png"), keep(by=BO)
    for ids in ([mine.id, foreign.id], [mine.id, "no-uuid"], [mine.id, "00000000-0000-0000-0000-000000000000"]):
        with pytest.raises(NotFound):
            commands.bind(ids, to=CASE, by=ANNA, at=AT)
    assert queries.file(mine.id, by=ANNA).subject == ""
    bound = commands.bind([other.id, mine.id], to=CASE, by=ANNA, at=AT)
    assert [file.id for file in bound] == [other.id, mine.id]
    assert {file.subject for file in bound} == {CASE.subject}
    assert [fact.kind for fact in stream(f"file:{mine.id}")] == ["file_stored", "file_bound"]
    with pytest.raises(NotFound):
        commands.bind([mine.id], to=CASE, by=ANNA, at=AT)


def test_a_bound_file_cannot_be_discarded_a_loose_one_by_its_owner_only() -> None:
    loose, bound = keep(), keep(to=CASE)
    for id, by in ((bound.id, ANNA), (loose.id, BO), ("x", ANNA)):
        with pytest.raises(NotFound):
            commands.discard(id, by=by, at=AT)
    commands.discard(loose.id, by=ANNA, at=AT)
    assert [fact.kind for fact in stream(f"file:{loose.id}")] == ["file_stored", "file_discarded"]
    assert not File.objects.filter(id=loose.id).exists()


@pytest.fixture
def scanner() -> Iterator[Scanner]:
    held = Scanner()
    ports.connect(blobs=ports.blobs(), scanner=held)
    yield held
    ports.connect(blobs=ports.blobs(), scanner=None)


def test_a_scanner_sees_every_byte_and_its_verdict_is_kept(scanner: Scanner) -> None:
    first = keep()
    assert (first.scan, scanner.seen) == (ScanState.CLEAN, PDF)


def test_what_the_scanner_finds_is_refused_by_name(scanner: Scanner) -> None:
    scanner.found = "Win.Test.Trojan"
    with pytest.raises(Refused, match=r"Win\.Test\.Trojan"):
        keep()
    assert on_disk() == []


def test_a_silent_scanner_stops_uploads(scanner: Scanner) -> None:
    scanner.silent = True
    with pytest.raises(Refused) as caught:
        keep()
    assert caught.value.code == "scanner_unavailable"


def test_a_later_scan_of_the_same_content_is_noted(scanner: Scanner) -> None:
    ports.connect(blobs=ports.blobs(), scanner=None)
    first = keep()
    ports.connect(blobs=ports.blobs(), scanner=scanner)
    keep()
    assert queries.file(first.id, by=ANNA).scan is ScanState.CLEAN


def test_a_full_store_refuses_cleanly(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="存储空间已满") as caught:
        keep()
    assert caught.value.code == "store_failed"
    assert on_disk() == []
    assert not File.objects.exists()


LATER = datetime.now(UTC) + timedelta(days=3)
DAY = timedelta(days=1)
KEY = "0123456789abcdef" * 4


def test_the_sweeper_removes_only_what_nothing_refers_to() -> None:
    kept, dropped = keep(to=CASE), keep(png(), "a.png")
    commands.discard(dropped.id, by=ANNA, at=AT)
    with transaction.atomic():
        keep(jpg(), "a.jpg")
        transaction.set_rollback(True)
    assert len(on_disk()) == 3
    assert commands.sweep(at=datetime.now(UTC), grace=DAY) == commands.Swept(3, 0)
    assert commands.sweep(at=LATER, grace=DAY) == commands.Swept(3, 2)
    assert on_disk() == [kept.sm3]
    assert [blob.sm3 for blob in Blob.objects.all()] == [kept.sm3]


def test_the_sweeper_removes_writes_that_were_cut_off(tmp_path: Path) -> None:
    kept = keep()
    (tmp_path / "vault" / "parts" / "part-abc").write_bytes(b"half")
    assert commands.sweep(at=LATER, grace=DAY) == commands.Swept(2, 1)
    assert on_disk() == [kept.sm3]


def test_the_sweeper_leaves_alone_what_is_being_stored_at_that_moment() -> None:
    ports.blobs().put(KEY, io.BytesIO(PDF))
    with connection.get_new_connection(connection.get_connection_params()) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_xact_lock_shared(%s)", [int(KEY[:16], 16) - (1 << 63)])
        assert commands.sweep(at=LATER, grace=DAY) == commands.Swept(1, 0)
    assert commands.sweep(at=LATER, grace=DAY) == commands.Swept(1, 1)


def test_storing_holds_the_lock_that_the_sweeper_asks_for() -> None:
    kept = keep()
    with connection.get_new_connection(connection.get_connection_params()) as elsewhere:
        number = int(kept.sm3[:16], 16) - (1 << 63)
        assert elsewhere.execute("SELECT pg_try_advisory_xact_lock(%s)", [number]).fetchone() == (False,)
