"""Keep a file, bind it to what it belongs to, throw it away while it belongs to nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import connection, transaction

from onedoor.journal.commands import append, erase_within
from onedoor.journal.rules import Entry, EntryMode
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import Forbidden, NotFound, Refused
from onedoor.vault import ports, queries
from onedoor.vault.commands.intake import Taken, take
from onedoor.vault.models import Blob, File
from onedoor.vault.rules import UNBOUND, Binding, StoredFile


def store(
    content: BinaryIO | bytes,
    *,
    name: str,
    by: Actor,
    at: datetime,
    to: Binding = UNBOUND,
    entry_mode: EntryMode = EntryMode.LIVE,
) -> StoredFile:
    """Examine and keep one file; the same content is kept once. For use inside the caller's transaction or alone.

    ``to`` binds it at once; a caller who gives it has checked that ``by`` may add to it. Raises Invalid
    (type, size, emptiness, archive bombs, a name that belies the content), Refused (virus, scanner silent, store
    full), Forbidden for visitors. Bytes are durable before the row commits; a rollback leaves bytes to the sweeper.
    """
    if by.kind is ActorKind.ANONYMOUS:
        raise Forbidden("请先登录，再上传文件。")
    taken = take(content, name=name, policy=queries.policy())
    with taken.content, transaction.atomic():
        lock(taken.sm3, shared=True)
        try:
            ports.blobs().put(taken.sm3, taken.content)
        except ports.StorageFailed as error:
            raise Refused("store_failed", str(error)) from error
        row = File.objects.create(
            blob=_blob(taken, at), name=taken.name, owner=by.ref, subject=to.subject, area=to.area, stored_at=at
        )
        append([_fact(row, 1, "file_stored", by=by, at=at, mode=entry_mode)])
    return queries.stored(row)


def bind(
    ids: Sequence[str], *, to: Binding, by: Actor, at: datetime, entry_mode: EntryMode = EntryMode.LIVE
) -> tuple[StoredFile, ...]:
    """Bind the actor's own unbound files to a subject ("case:…"), in the caller's transaction, in the order given.

    The caller has checked that ``by`` may add to the subject. Raises NotFound where any of them is not there, not
    the actor's own, or bound already; then none is bound.
    """
    if not to.subject:
        raise ValueError("a file is bound to something")
    with transaction.atomic():
        rows = {str(row.id): row for row in queries.loose(ids, by=by).select_for_update(of=("self",))}
        if len(rows) != len(set(ids)) or not rows.keys() >= set(ids):
            raise NotFound(queries.MISSING)
        File.objects.filter(id__in=rows).update(subject=to.subject, area=to.area)
        for row in rows.values():
            row.subject, row.area = to.subject, to.area
        append([_fact(row, 2, "file_bound", by=by, at=at, mode=entry_mode) for row in rows.values()])
    return tuple(queries.stored(rows[id]) for id in dict.fromkeys(ids))


def copy(
    ids: Sequence[str], *, to: Binding, by: Actor, at: datetime, entry_mode: EntryMode = EntryMode.LIVE
) -> tuple[StoredFile, ...]:
    """The same contents once more, bound to another subject, in the caller's transaction and the order given.

    The caller has checked that the files may be used there. Raises NotFound where one is not there.
    """
    held = {str(row.id): row for row in File.objects.filter(id__in=set(ids)).select_related("blob")}
    if len(held) < len(set(ids)):
        raise NotFound(queries.MISSING)
    made = [
        File(blob=held[id].blob, name=held[id].name, owner=by.ref, subject=to.subject, area=to.area, stored_at=at)
        for id in ids
    ]
    File.objects.bulk_create(made)
    append([_fact(row, 1, "file_stored", by=by, at=at, mode=entry_mode) for row in made])
    return tuple(map(queries.stored, made))


@transaction.atomic
def discard(id: str, *, by: Actor, at: datetime) -> None:
    """Throw away the actor's own file that is bound to nothing yet. Raises NotFound otherwise."""
    row = queries.loose([id], by=by).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound(queries.MISSING)
    append([_fact(row, 2, "file_discarded", by=by, at=at)])
    row.delete()


def erase(subject: str, *, by: Actor, at: datetime, reason: str, sparing: Collection[str] = ()) -> int:
    """Throw away the files of a subject, their names with them, in the caller's transaction; how many there were.

    ``sparing``: the ids of those that something else refers to. The bytes go with the next sweep, unless another file
    has the same content. Raises what ``journal.erase_within`` raises.
    """
    rows = File.objects.select_for_update().filter(subject=subject).exclude(id__in=sparing)
    for row in rows:
        erase_within(f"file:{row.id}", by=by, at=at, reason=reason)
    return rows.delete()[0]


def lock(key: str, *, shared: bool) -> bool:
    """Guard one content until the transaction ends: storing shares, sweeping tries alone. False = it is taken."""
    number = int(key[:16], 16) - (1 << 63)
    with connection.cursor() as cursor:
        if shared:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [number])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def _blob(taken: Taken, at: datetime) -> Blob:
    blob, _ = Blob.objects.get_or_create(
        sm3=taken.sm3,
        defaults={
            "sha256": taken.sha256,
            "size": taken.size,
            "media_type": taken.kind.media_type,
            "scan": taken.scan,
            "stored_at": at,
        },
    )
    if blob.scan != taken.scan:
        blob.scan = taken.scan
        Blob.objects.filter(sm3=blob.sm3).update(scan=taken.scan)
    return blob


def _fact(row: File, seq: int, kind: str, *, by: Actor, at: datetime, mode: EntryMode = EntryMode.LIVE) -> Entry:
    """File names often hold the names of people: the name is a personal value."""
    blob = row.blob
    return Entry(
        stream=f"file:{row.id}",
        seq=seq,
        kind=kind,
        occurred_at=at,
        actor=by,
        body={
            "sm3": blob.sm3,
            "size": blob.size,
            "media_type": blob.media_type,
            "subject": row.subject,
            "scan": str(blob.scan),
        },
        personal={"name": row.name},
        entry_mode=mode,
    )
