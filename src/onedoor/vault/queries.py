"""Reads of the vault. A file opens for its owner until it is bound; afterwards for whoever may see its subject."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from onedoor.kernel.actor import Act, Actor, ActorKind, Target
from onedoor.kernel.errors import NotFound, Refused
from onedoor.vault import ports
from onedoor.vault.models import File
from onedoor.vault.rules import ArchiveLimits, Policy, ScannerState, ScanState, StoredFile

MISSING = "没有找到这个文件，或者您不能查看它。"


@dataclass(frozen=True, slots=True)
class Place:
    """What a file belongs to: its subject ("case:…") and who may be allowed there. The caller vouches for both."""

    subject: str
    target: Target


def policy() -> Policy:
    """What may be uploaded in this instance (settings, ``VAULT``)."""
    held = settings.VAULT
    return Policy(
        accepts=frozenset(held["accepts"]),
        max_bytes=held["max_bytes"],
        max_pixels=held["max_pixels"],
        archive=ArchiveLimits(**held["archive"]),
    )


def file(id: str, *, by: Actor, place: Place | None = None) -> StoredFile:
    """One file. Raises NotFound where it does not exist or ``by`` may not see it: the two look alike.

    Without ``place``: the owner's own unbound file. With it: the file must be bound to that subject, and ``by`` must
    be allowed to view its target.
    """
    key = _uuid(id)
    row = _visible(by, place).filter(id=key).first() if key else None
    if row is None:
        raise NotFound(MISSING)
    return stored(row)


def files(*, by: Actor, place: Place | None = None) -> tuple[StoredFile, ...]:
    """The files of one place, or the actor's own unbound ones, oldest first. Not allowed to look = none."""
    return tuple(stored(row) for row in _visible(by, place).order_by("stored_at", "id"))


def contents(sm3s: Iterable[str], *, by: Actor, place: Place) -> dict[str, StoredFile]:
    """Of these contents those that lie in a place, each by one file. Not allowed to look = none. One statement."""
    rows = _visible(by, place).filter(blob__in=set(sm3s)).order_by("-stored_at", "-id")
    return {row.blob_id: stored(row) for row in rows}


def open_file(id: str, *, by: Actor, place: Place | None = None) -> tuple[StoredFile, BinaryIO]:
    """One file and its bytes, checked against their SHA-256 before a single one is handed out.

    Raises NotFound as ``file`` does, Refused where the bytes are damaged or lost. The caller closes the stream.
    """
    found = file(id, by=by, place=place)
    try:
        content = ports.blobs().open(found.sm3)
    except ports.BlobMissing as error:
        raise _damaged(found) from error
    if _sha256(content) != found.sha256:
        content.close()
        raise _damaged(found)
    content.seek(0)
    return found, content


def scanner_state() -> ScannerState:
    """For the health page: 未配置查毒, 查毒服务正常, or 查毒服务没有应答."""
    scanner = ports.scanner()
    if scanner is None:
        return ScannerState(configured=False, working=False, label="未配置查毒")
    try:
        return ScannerState(configured=True, working=True, label=f"查毒服务正常（{scanner.version()}）")
    except ports.ScannerUnavailable:
        return ScannerState(configured=True, working=False, label="查毒服务没有应答，上传已暂停")


def stored(row: File) -> StoredFile:
    """A row (with its blob) as a value."""
    return StoredFile(
        id=str(row.id),
        sm3=row.blob.sm3,
        sha256=row.blob.sha256,
        size=row.blob.size,
        media_type=row.blob.media_type,
        name=row.name,
        owner=row.owner,
        subject=row.subject,
        stored_at=row.stored_at,
        scan=ScanState(row.blob.scan),
    )


def loose(ids: Iterable[str], *, by: Actor) -> QuerySet[File]:
    """The rows of these ids that are unbound and the actor's own."""
    wanted = {key for key in map(_uuid, ids) if key}
    return _visible(by, None).filter(id__in=wanted)


def _visible(by: Actor, place: Place | None) -> QuerySet[File]:
    rows = File.objects.select_related("blob")
    if place is None:
        mine = Q(subject="") if by.kind is ActorKind.SYSTEM else Q(subject="", owner=by.ref)
        return rows.none() if by.kind is ActorKind.ANONYMOUS else rows.filter(mine)
    allowed = bool(place.subject) and by.may(Act.VIEW, place.target)
    return rows.filter(subject=place.subject) if allowed else rows.none()


def _sha256(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(1 << 18):
        digest.update(chunk)
    return digest.hexdigest()


def _uuid(id: str) -> UUID | None:
    try:
        return UUID(id)
    except (ValueError, AttributeError):
        return None


def _damaged(found: StoredFile) -> Refused:
    return Refused("file_damaged", f"文件“{found.name}”已丢失或者与存入时不一致，不能提供。请联系系统管理员。")
