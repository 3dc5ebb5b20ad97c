"""Issuing licences. Each act is for use inside the caller's transaction: a licence comes only from a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, EntryMode
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import Refused
from onedoor.kernel.law import law
from onedoor.licences import models, rules
from onedoor.licences.queries import as_licence, verify_secret

SAME: Final = (
    *("name", "case", "item", "holder", "holder_name", "issuer", "issuer_name", "area", "valid_from", "valid_until"),
)  # what a licence that is issued anew takes over


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a decision grants: the licence to be issued. ``starts``: of its term, where that is not the day of issue."""

    name: str
    type_code: str
    case: str
    item: str
    holder: str
    holder_name: str
    issuer: str
    issuer_name: str
    area: str
    on: date
    months: int | None
    starts: date | None = None


@law("行政许可法", 39)
def issue(grant: Grant, *, by: Actor, at: datetime) -> rules.Licence:
    """颁发证照, once for each case: number, identifier (GB/T 36904), validity, verify token."""
    pk, starts = _next(), grant.starts or grant.on
    number = rules.licence_number(grant.area[:6], grant.on, pk)
    row = models.Licence(
        pk=pk,
        number=number,
        identifier=rules.identifier(type_code=grant.type_code, issuer=grant.issuer, number=number),
        name=grant.name,
        case=grant.case,
        item=grant.item,
        holder=grant.holder,
        holder_name=grant.holder_name,
        issuer=grant.issuer,
        issuer_name=grant.issuer_name,
        area=grant.area,
        issued=grant.on,
        valid_from=starts,
        valid_until=rules.valid_until(starts, grant.months),
        token=rules.token(number, verify_secret()),
    )
    row.save(force_insert=True)
    _record(row, 1, "licence_issued", by=by, at=at)
    return as_licence(row)


@law("行政许可法", 69, 70)
def end(number: str, status: rules.Status, *, on: date, document: str, by: Actor, at: datetime) -> rules.Licence:
    """撤销 or 注销, once, by the decision ``document``; whoever verifies it sees so from now on."""
    row = models.Licence.objects.select_for_update().get(number=number)
    return _end(row, status, on=on, named=document, kind=f"licence_{status}", by=by, at=at)


def reissue(number: str, *, type_code: str, on: date, by: Actor, at: datetime) -> rules.Licence:
    """补发: a new number and code for the same case, holder and validity; the old one is worth nothing any more."""
    old = models.Licence.objects.select_for_update().get(number=number)
    pk = _next()
    new = rules.licence_number(old.area[:6], on, pk)
    _end(old, rules.Status.REPLACED, on=on, named=new, kind="licence_replaced", by=by, at=at)
    row = models.Licence(
        pk=pk,
        number=new,
        identifier=rules.identifier(type_code=type_code, issuer=old.issuer, number=new),
        token=rules.token(new, verify_secret()),
        issued=on,
        **{name: getattr(old, name) for name in SAME},
    )
    row.save(force_insert=True)
    _record(row, 1, "licence_issued", by=by, at=at)
    return as_licence(row)


@law("行政许可法", 49, 50)
def supersede(number: str, grant: Grant, *, named: str, by: Actor, at: datetime) -> bool:
    """变更、延续: the licence ``named`` takes the place of this one; whether it did.

    Only of the same holder and issuer, and only while it was not ended: what is not on record here cannot be. Where
    the term of the new one begins later, the old one is good until then.
    """
    held = models.Licence.objects.select_for_update().filter(number=number, holder=grant.holder, issuer=grant.issuer)
    row = held.filter(ended=None).first()
    if row is None:
        return False
    _end(row, rules.Status.REPLACED, on=grant.starts or grant.on, named=named, kind="licence_replaced", by=by, at=at)
    return True


def _end(
    row: models.Licence, status: rules.Status, *, on: date, named: str, kind: str, by: Actor, at: datetime
) -> rules.Licence:
    if row.ended:
        raise Refused("licence_ended", f"证照{row.number}已经失效（{rules.STATUS_NAMES[rules.Status(row.ended)]}）。")
    row.ended, row.ended_on, row.ended_by = status.value, on, named
    models.Licence.objects.filter(pk=row.pk).update(ended=row.ended, ended_on=on, ended_by=named)
    _record(row, 3, kind, by=by, at=at)
    return as_licence(row)


def keep_file(number: str, file: str, *, by: Actor, at: datetime) -> None:
    """The licence's own file is in the vault."""
    row = models.Licence.objects.get(number=number)
    models.Licence.objects.filter(pk=row.pk).update(file=file)
    _record(row, 2, "licence_made", by=by, at=at)


def _record(row: models.Licence, seq: int, kind: str, *, by: Actor, at: datetime) -> None:
    journal.append(
        [
            Entry(
                stream=f"licence:{row.pk}",
                seq=seq,
                kind=kind,
                occurred_at=at,
                actor=by,
                body={"number": row.number, "identifier": row.identifier, "case": row.case},
                entry_mode=EntryMode.SIMULATED if by.simulated else EntryMode.LIVE,
            )
        ]
    )


def _next() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('licences_licence', 'id'))")
        (value,) = cursor.fetchone()
    return int(value)
