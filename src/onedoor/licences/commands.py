"""Issuing licences. Each act is for use inside the caller's transaction: a licence comes only from a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, EntryMode
from onedoor.kernel.actor import Actor
from onedoor.kernel.law import law
from onedoor.licences import models, rules
from onedoor.licences.queries import as_licence, verify_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a decision grants: the licence to be issued."""

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


@law("行政许可法", 39)
def issue(grant: Grant, *, by: Actor, at: datetime) -> rules.Licence:
    """颁发证照, once for each case: number, identifier (GB/T 36904), validity, verify token."""
    pk = _next()
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
        valid_from=grant.on,
        valid_until=rules.valid_until(grant.on, grant.months),
        token=rules.token(number, verify_secret()),
    )
    row.save(force_insert=True)
    _record(row, 1, "licence_issued", by=by, at=at)
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
