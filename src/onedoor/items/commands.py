"""All writes of the catalogue: publish versions, withdraw items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from onedoor.items import queries
from onedoor.items.models import Version, Withdrawal
from onedoor.items.rules import BadFile, FileFault, Item, digest, encode, errors, expand, lint, lint_all
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.law import law

_LOCK: Final = 0x1D00_0001  # one publication at a time, so that version numbers have no gaps


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of one item: ``number`` of its newest version, and whether this act made it."""

    code: str
    name: str
    id: int
    number: int
    new: bool


@transaction.atomic(durable=True)
def publish(
    items: Sequence[Item], *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """Publish items (行政许可法 §30): all or none; a version that changes nothing is not made again.

    Forbidden without MANAGE_ITEMS for each organ; Invalid with every lint error; Refused for a date in the past.
    """
    return publish_within(items, by=by, at=at, effective_from=effective_from)


@law("行政许可法", 30)
def publish_within(
    items: Sequence[Item], *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """``publish`` inside the caller's transaction."""
    start = effective_from or timezone.localtime(at).date()
    if start < timezone.localtime(at).date():
        raise Refused("effective_in_past", "生效日期不能早于发布当天：已经发布的版本不能追溯修改。请改为今天或者以后。")
    variants = [variant for item in items for variant in expand(item)]
    _check(variants, by, start)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    newest = queries.newest([variant.code for variant in variants])
    made = [_row(v, newest, by=by, at=at, start=start) for v in variants if _differs(v, newest)]
    Version.objects.bulk_create(made)
    append([_published(row, by) for row in made])
    queries.forget()
    rows = {row.code: row for row in made}
    return tuple(_publication(v, rows.get(v.code), newest) for v in variants)


def import_folder(
    path: Path, *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """Publish every item file of a folder, or one file: all or none. A durable act.

    Raises BadFile with every fault and lint error of every file, each with file, line, field and rule; and what
    ``publish`` raises.
    """
    sources, faults = queries.read_folder(path)
    start = effective_from or timezone.localtime(at).date()
    checked = lint_all([source.item for source in sources], queries.tables(), on=start)
    for source, found in zip(sources, map(errors, checked), strict=True):
        faults += [FileFault(source.file, source.line(f.path), f.field, f.rule, f.message) for f in found]
    if faults:
        raise BadFile(tuple(faults))
    return publish([source.item for source in sources], by=by, at=at, effective_from=effective_from)


@transaction.atomic(durable=True)
def withdraw(code: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Take an item off the list (暂停或者取消); running cases keep their version, a later publication brings it back.

    Forbidden without MANAGE_ITEMS; NotFound; Refused without a reason; Conflict where it is withdrawn already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    newest = queries.newest([code]).get(code)
    if newest is None:
        raise NotFound("没有找到这个事项。")
    id_, _, number = newest
    item = queries.version(id_)
    _may(item, by)
    if not reason.strip():
        raise Refused("reason_missing", "请写明暂停或者取消的原因和依据。")
    if queries.withdrawn_up_to(code) >= number:
        raise Conflict("这个事项已经暂停办理。")
    body: dict[str, Json] = {"code": code, "number": number, "reason": reason}
    seq = _seq(code, number)
    Withdrawal.objects.create(code=code, number=number, reason=reason, withdrawn_at=at, withdrawn_by=by.ref)
    append([Entry(stream=f"item:{code}", seq=seq, kind="item_withdrawn", occurred_at=at, actor=by, body=body)])
    queries.forget()


def _check(variants: Sequence[Item], by: Actor, start: date) -> None:
    for variant in variants:
        _may(variant, by)
    codes = [variant.code for variant in variants]
    faults = [
        FieldError("code", f"编码 {c} 出现了两次，请改办理项序号")
        for c in sorted({c for c in codes if codes.count(c) > 1})
    ]
    for variant in variants:
        found = errors(lint(variant, queries.tables(), on=start))
        faults += [FieldError(f"{variant.name}.{f.field}", f.message) for f in found]
    if faults:
        raise Invalid(dict.fromkeys(faults))


def _may(item: Item, by: Actor) -> None:
    if not by.may(Act.MANAGE_ITEMS, Target(frozenset({item.organ}), item.area, item=item.code)):
        raise Forbidden(f"您没有管理「{item.organ_name}」事项的权限。")


def _differs(variant: Item, newest: dict[str, tuple[int, str, int]]) -> bool:
    held = newest.get(variant.code)
    if held is None or held[1] != digest(variant):
        return True
    return queries.withdrawn_up_to(variant.code) >= held[2]


def _row(variant: Item, newest: dict[str, tuple[int, str, int]], *, by: Actor, at: datetime, start: date) -> Version:
    held = newest.get(variant.code)
    return Version(
        code=variant.code,
        number=held[2] + 1 if held else 1,
        content=encode(variant),
        digest=digest(variant),
        area=variant.area,
        published_at=at,
        published_by=by.ref,
        effective_from=start,
    )


def _published(row: Version, by: Actor) -> Entry:
    body = {
        "code": row.code,
        "number": row.number,
        "digest": row.digest,
        "name": row.content["name"],
        "organ": row.content["organ"],
        "effective_from": row.effective_from.isoformat(),
    }
    seq = _seq(row.code, row.number - 1) if row.number > 1 else 1
    return Entry(
        stream=f"item:{row.code}", seq=seq, kind="item_published", occurred_at=row.published_at, actor=by, body=body
    )


def _seq(code: str, versions: int) -> int:
    """The next place in the item's stream: one for every version and every withdrawal so far."""
    return versions + Withdrawal.objects.filter(code=code).count() + 1


def _publication(variant: Item, row: Version | None, newest: dict[str, tuple[int, str, int]]) -> Publication:
    if row is not None:
        return Publication(variant.code, variant.name, row.pk, row.number, True)
    id_, _, number = newest[variant.code]
    return Publication(variant.code, variant.name, id_, number, False)
