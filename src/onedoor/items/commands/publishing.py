"""Publish lists, take them off and bring them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from onedoor.items import queries
from onedoor.items.models import Version, Withdrawal
from onedoor.items.rules import Item, decode, encode, errors, expand, item_of, lint
from onedoor.items.rules.layers import Layer, deviations, fold, own
from onedoor.items.rules.standards import chain
from onedoor.items.rules.versions import digest_of
from onedoor.journal.commands import append
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.law import law
from onedoor.kernel.tree import place

_LOCK: Final = 0x1D00_0001  # one publication at a time, so that version numbers have no gaps


@dataclass(frozen=True)
class Ready:
    """A list that may be published: what is in force, what of it is its own, and the standards that it rests on."""

    item: Item
    own: Mapping[str, Any]
    standards: tuple[int, ...] = ()

    @cached_property
    def tree(self) -> dict[str, Any]:
        """The content of the version."""
        return dict(encode(self.item))

    @cached_property
    def digest(self) -> str:
        """That of its content."""
        return digest_of(self.tree)


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of one item: ``number`` of its newest version, and whether this act made it."""

    code: str
    name: str
    id: int
    number: int
    new: bool


def publish(
    items: Sequence[Item], *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """Publish items (行政许可法 §30): all or none; a version that changes nothing is not made again.

    Forbidden without MANAGE_ITEMS for each organ; Invalid with every lint error; Refused for a date in the past.
    What rests on the lists alone is checked before the transaction begins: a county's lists take a minute.
    """
    variants, faults = examined(items, by=by, start=starting(effective_from, at=at))
    with transaction.atomic(durable=True):
        return publish_examined_within(variants, faults, by=by, at=at, effective_from=effective_from)


@law("行政许可法", 30)
def publish_within(
    items: Sequence[Item], *, by: Actor, at: datetime, effective_from: date | None = None
) -> tuple[Publication, ...]:
    """``publish`` inside the caller's transaction."""
    variants, faults = examined(items, by=by, start=starting(effective_from, at=at))
    return publish_examined_within(variants, faults, by=by, at=at, effective_from=effective_from)


def examined(items: Sequence[Item], *, by: Actor, start: date) -> tuple[list[Item], list[FieldError]]:
    """Each organ's list, and what forbids its publication whatever else is published. Forbidden."""
    variants = [variant for item in items for variant in expand(item)]
    for variant in variants:
        _may(variant, by)
    faults = _doubled([variant.code for variant in variants])
    return variants, faults + [fault for variant in variants for fault in lint_faults(variant, on=start)]


def publish_examined_within(
    variants: Sequence[Item],
    found: Sequence[FieldError],
    *,
    by: Actor,
    at: datetime,
    effective_from: date | None = None,
) -> tuple[Publication, ...]:
    """The rest of ``publish``, inside the caller's transaction: what the levels above allow, and the versions."""
    start = starting(effective_from, at=at)
    ready, faults = _below_standards(variants, start)
    faults += found
    if faults:
        raise Invalid(dict.fromkeys(faults))
    return store(ready, by=by, at=at, start=start)


def starting(effective_from: date | None, *, at: datetime) -> date:
    """The first day of a publication; Refused for one in the past."""
    start = effective_from or timezone.localtime(at).date()
    if start < timezone.localtime(at).date():
        raise Refused("effective_in_past", "生效日期不能早于发布当天：已经发布的版本不能追溯修改。请改为今天或者以后。")
    return start


def lint_faults(item: Item, *, on: date) -> list[FieldError]:
    """What the checker finds that forbids publication."""
    return [FieldError(f"{item.name}.{f.field}", f.message) for f in errors(lint(item, queries.tables(), on=on))]


def lock() -> None:
    """One publication at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def store(ready: Sequence[Ready], *, by: Actor, at: datetime, start: date) -> tuple[Publication, ...]:
    """The versions and their facts, in the caller's transaction; what changes nothing is not made again.

    Invalid where a list names an uploaded paper that is not here.
    """
    if faults := queries.lacking([one.item for one in ready]):
        raise Invalid(faults)
    lock()
    newest = queries.newest([one.item.code for one in ready])
    made = [_row(one, newest, by=by, at=at, start=start) for one in ready if _differs(one, newest)]
    Version.objects.bulk_create(made)
    append([_published(row, by) for row in made])
    queries.forget()
    rows = {row.code: row for row in made}
    return tuple(_publication(one.item, rows.get(one.item.code), newest) for one in ready)


def _below_standards(variants: Sequence[Item], start: date) -> tuple[list[Ready], list[FieldError]]:
    """Each list with what of it is its own, or why the levels above do not allow it."""
    standards = queries.standards_of({variant.family for variant in variants})
    ready, faults = [], []
    for variant in variants:
        over = chain(standards.get(variant.family, ()), area=variant.area, on=start)
        above = fold([standard.layer for standard in over], queries.policies())
        mine = Layer(variant.level, variant.organ_name, own(above, variant))
        wrong = deviations(above, mine)
        faults += [FieldError(f"{variant.name}.{place(d.path)}", d.message) for d in wrong]
        if not wrong:
            item = decode(Item, fold([*above.layers, mine], queries.policies()).tree()) if over else variant
            ready.append(Ready(item, mine.content, tuple(standard.id for standard in over)))
    return ready, faults


def _doubled(codes: list[str]) -> list[FieldError]:
    twice = sorted(code for code, times in Counter(codes).items() if times > 1)
    return [FieldError("code", f"编码 {code} 出现了两次，请改办理项序号") for code in twice]


@transaction.atomic(durable=True)
def withdraw(code: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Take an item off the list (暂停或者取消); running cases keep their version, a later publication brings it back.

    Forbidden without MANAGE_ITEMS; NotFound; Refused without a reason; Conflict where it is withdrawn already.
    """
    lock()
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


@transaction.atomic(durable=True)
def resume(code: str, *, by: Actor, at: datetime) -> Publication:
    """Offer a withdrawn item again as it was (恢复办理). Forbidden; NotFound; Conflict where it is offered already."""
    newest = queries.newest([code]).get(code)
    if newest is None:
        raise NotFound("没有找到这个事项。")
    id_, _, number = newest
    item = item_of(queries.version(id_))
    _may(item, by)
    if queries.withdrawn_up_to(code) < number:
        raise Conflict("这个事项正在办理，不用恢复。")
    (made,) = publish_within([item], by=by, at=at)
    return made


def _may(item: Item, by: Actor) -> None:
    if not by.may(Act.MANAGE_ITEMS, Target(frozenset({item.organ}), item.area, item=item.code)):
        raise Forbidden(f"您没有管理「{item.organ_name}」事项的权限。")


def _differs(one: Ready, newest: dict[str, tuple[int, str, int]]) -> bool:
    held = newest.get(one.item.code)
    if held is None or held[1] != one.digest:
        return True
    return queries.withdrawn_up_to(one.item.code) >= held[2]


def _row(one: Ready, newest: dict[str, tuple[int, str, int]], *, by: Actor, at: datetime, start: date) -> Version:
    variant, held = one.item, newest.get(one.item.code)
    return Version(
        code=variant.code,
        number=held[2] + 1 if held else 1,
        content=one.tree,
        digest=one.digest,
        area=variant.area,
        published_at=at,
        published_by=by.ref,
        effective_from=start,
        own=one.own,
        standards=list(one.standards),
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
