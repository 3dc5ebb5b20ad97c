"""Reading licences: a holder sees its own; whoever holds the paper may verify that one."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.db.models import Q

from onedoor.journal.queries import personal_key
from onedoor.kernel import sm
from onedoor.kernel.actor import Act, Actor, Representation
from onedoor.kernel.errors import NotFound
from onedoor.licences import models
from onedoor.licences.rules import Licence, Line, Status, lines_from
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading

NUMBER: Final = "licence.number"  # as forms and records of reading name it
FACE: Final = Path(__file__).parent / "data" / "face.toml"


@cache
def face() -> tuple[Line, ...]:
    """What stands on a licence beside what every licence says, from its data file."""
    return lines_from(tomllib.loads(FACE.read_text("utf-8")))


def licences(*, by: Actor) -> tuple[Licence, ...]:
    """The licences of everybody whom this actor represents, as far as the mandate reaches, the latest first."""
    seen = Q(pk__in=[])
    for held in by.represents:
        if Act.VIEW in held.acts:
            seen |= _held_for(held)
    return tuple(map(as_licence, models.Licence.objects.filter(seen).order_by("-issued", "-pk")))


def _held_for(held: Representation) -> Q:
    theirs = Q(holder=held.party)
    if held.items is not None:
        theirs &= Q(item__in=sorted(held.items))
    return theirs & Q(case=held.case) if held.case else theirs


def only_held(holder: str, *, by: Actor, reading: Reading, issuer: str, name: str) -> str:
    """The number of the one licence of this kind that a party holds and that was not ended; "" for none or several.

    Forbidden for whoever may not read the holder's data for this; recorded among the reads of it.
    """
    held = models.Licence.objects.filter(holder=holder, issuer=issuer, name=name, ended=None)
    numbers = list(held.values_list("number", flat=True)[:2])
    found = {NUMBER: numbers[0]} if len(numbers) == 1 else {}
    return registries.give_out(holder, found, by=by, reading=reading).get(NUMBER, "")


def licence_of_case(case: str) -> Licence | None:
    """The licence that a case led to, the last where it was issued anew; asked by whoever may open the case."""
    row = models.Licence.objects.filter(case=case).order_by("-pk").first()
    return as_licence(row) if row else None


def faces_of_case(case: str) -> frozenset[str]:
    """The files of all licences that a case led to: whoever checks one may ask for its face, also once it ended."""
    rows = models.Licence.objects.filter(case=case).exclude(file=None)
    return frozenset(map(str, rows.values_list("file", flat=True)))


def runs_until(number: str, *, holder: str, issuer: str) -> date | None:
    """The last day of a licence of this holder and issuer that was not ended; None where none is on record, or 长期."""
    held = models.Licence.objects.filter(number=number, holder=holder, issuer=issuer, ended=None)
    return held.values_list("valid_until", flat=True).first()


def verify(token: str) -> Licence:
    """验真: the licence whose QR code carries this token; NotFound for anything else."""
    row = models.Licence.objects.filter(token=token).first() if token else None
    if row is None:
        raise NotFound("没有查到这份证照。请确认二维码完整，或向发证机关核实。")
    return as_licence(row)


def verify_secret() -> bytes:
    """The key from which verify tokens are derived."""
    return sm.sm3_hmac(personal_key(), b"onedoor.licences.verify")


def as_licence(row: models.Licence) -> Licence:
    """A row as a value."""
    return Licence(
        number=row.number,
        identifier=row.identifier,
        name=row.name,
        case=row.case,
        item=row.item,
        holder=row.holder,
        holder_name=row.holder_name,
        issuer=row.issuer,
        issuer_name=row.issuer_name,
        issued=row.issued,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        token=row.token,
        ended=Status(row.ended) if row.ended else None,
        ended_on=row.ended_on,
        ended_by=row.ended_by,
        file=str(row.file) if row.file else None,
    )
