"""All reads: the window that took it in, and whoever holds its number and code."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import BinaryIO, Final, overload

from django.conf import settings
from django.db.models import QuerySet
from pydantic import TypeAdapter

from onedoor.areas import queries as areas
from onedoor.documents import queries as documents
from onedoor.documents.rules import Document, Gaps
from onedoor.hall.rules import place_of
from onedoor.journal import queries as journal
from onedoor.kernel import sm
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import NotFound
from onedoor.registries import queries as registries
from onedoor.relay import models
from onedoor.relay.rules import (
    LIST,
    RECEIPT,
    RETURN,
    Fact,
    Patience,
    Relay,
    Stage,
    Told,
    Wait,
    packing_list,
    patience_of,
    receipt,
    replay,
    return_receipt,
    wait_of,
)
from onedoor.relay.rules import events as e
from onedoor.vault import queries as vault
from onedoor.vault.queries import Place
from onedoor.vault.rules import StoredFile

RELAY: Final[TypeAdapter[Relay]] = TypeAdapter(Relay)
UNKNOWN: Final = "没有这个编号的代收件，或者不是您这里收的。请核对收件凭证上的编号。"
CODE_DIGITS: Final = 8
DATA: Final = Path(__file__).parent / "data"
PAPERS: Final[dict[str, Callable[[Told], Document]]] = {RECEIPT: receipt, LIST: packing_list, RETURN: return_receipt}


def load(row: models.Relay) -> Relay:
    """What a row holds."""
    return RELAY.validate_json(sm.sm4_decrypt(_sealing(), bytes(row.sealed), associated=(row.number or "").encode()))


def seal(relay: Relay) -> bytes:
    """One as it rests in the table, tied to its number."""
    return sm.sm4_encrypt(_sealing(), RELAY.dump_json(relay), associated=relay.number.encode())


def seal_json(value: object, number: str) -> bytes:
    """The same of what already is plain JSON."""
    return sm.sm4_encrypt(_sealing(), json.dumps(value).encode(), associated=number.encode())


def replayed(number: str) -> Relay:
    """As its journal tells it; its row must say the same. NotFound for an unknown number."""
    row = models.Relay.objects.filter(number=number).first()
    if row is None:
        raise NotFound(UNKNOWN)
    told = journal.stream(f"relay:{row.pk}")
    facts = (Fact(r.seq, r.occurred_at, e.from_body(r.kind, dict(r.body), dict(r.personal))) for r in told)
    return replay(facts)


def wait(relay: Relay) -> Wait | None:
    """Until when its present stage may last in this county; None for what waits for nothing elsewhere."""
    return wait_of(relay, _patience(areas.county().code[:6]), calendar=areas.calendar(relay.area))


@cache
def _patience(county: str) -> tuple[Patience, ...]:
    return patience_of(tomllib.loads((DATA / f"{county}.toml").read_text("utf-8")))


class Shelf(StrEnum):
    """Which of a window's relays."""

    OPEN = "open"  # 在办的
    LATE = "late"  # 要催问的
    CLOSED = "closed"  # 办完的


class Listed(Sequence[Relay]):
    """Relays of a list, counted in the table and opened only where somebody looks."""

    def __init__(self, rows: QuerySet[models.Relay]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, place: int) -> Relay: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Relay, ...]: ...
    def __getitem__(self, place: int | slice) -> Relay | tuple[Relay, ...]:
        found = self._rows[place]
        return load(found) if isinstance(found, models.Relay) else tuple(map(load, found))


def relays(shelf: Shelf = Shelf.OPEN, *, by: Actor, on: date) -> Listed:
    """What the window of this clerk took in for elsewhere: the latest first, what waits longest first of the late."""
    rows = models.Relay.objects.filter(area=place_of(by).area, is_open=shelf is not Shelf.CLOSED, number__isnull=False)
    if shelf is Shelf.LATE:
        return Listed(rows.filter(waits_until__lt=on).order_by("waits_until", "id"))
    return Listed(rows.order_by("-id"))


def late_count(*, by: Actor, on: date) -> int:
    """How many at the window of this officer wait longer than they should; 0 for whoever receives nowhere."""
    return len(relays(Shelf.LATE, by=by, on=on)) if by.has(Act.RECEIVE) else 0


@dataclass(frozen=True, slots=True)
class Late:
    """One that waits too long, as whoever supervises the window sees it: nothing of the applicant."""

    number: str
    item: str
    organ: str
    hall: str
    stage: Stage
    until: date


def late_within(area: str, *, on: date) -> tuple[Late, ...]:
    """All that wait too long in a place, the longest first. For supervision, which asks who may see that place."""
    rows = models.Relay.objects.filter(area__startswith=area, is_open=True, waits_until__lt=on)
    found = ((load(row), row.waits_until or on) for row in rows.order_by("waits_until", "id"))
    return tuple(Late(one.number, one.item, one.decider.organ, one.hall, one.stage, until) for one, until in found)


def own(*, by: Actor) -> Listed:
    """What was taken in for the applicants for whom this person stands by law, the latest first."""
    return Listed(own_rows(by).order_by("-id"))


def own_rows(by: Actor, act: Act = Act.VIEW) -> QuerySet[models.Relay]:
    """The rows of those applicants, where this person may do that for them."""
    by_law = [each for each in by.represents if each.basis in {"本人", "法定代表人", "监护"} and not each.case]
    parties = [each.party for each in by_law if act in each.acts]
    return models.Relay.objects.filter(applicant__in=parties, number__isnull=False)


def own_relay(number: str, *, by: Actor) -> Relay:
    """One of them. NotFound for anybody else's."""
    row = own_rows(by).filter(number=number).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return load(row)


def relay(number: str, *, by: Actor) -> Relay:
    """One of them. NotFound for officers of other places, and for everybody who receives nowhere."""
    if not by.has(Act.RECEIVE):
        raise NotFound(UNKNOWN)
    row = models.Relay.objects.filter(number=number, area=place_of(by).area).first()
    if row is None:
        raise NotFound(UNKNOWN)
    return load(row)


def scan(number: str, file: str, *, by: Actor) -> tuple[StoredFile, BinaryIO]:
    """One of its photos and scans, to be closed by the caller. NotFound for any other."""
    found = relay(number, by=by)
    if file not in found.files:
        raise NotFound(vault.MISSING)
    return vault.open_file(file, by=by, place=Place(f"relay:{found.id}", place_of(by)))


def by_code(number: str, code: str) -> Relay | None:
    """For whoever holds number and code of the receipt; None where they do not fit."""
    row = models.Relay.objects.filter(number=number).first()
    right = sm.sm3(code_of(number).encode()) == sm.sm3("".join(code.split()).encode())
    return load(row) if row and right else None


def code_of(number: str) -> str:
    """查询密码 on the receipt: derived, so that nobody stores it."""
    value = int.from_bytes(sm.sm3_hmac(_secret(journal.personal_key()), number.encode())[:8], "big")
    return f"{value % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def _sealing() -> bytes:
    return _secret(journal.personal_key(), b"onedoor.relay.relays")[: sm.SM4_KEY_BYTES]


@lru_cache(maxsize=8)
def _secret(master: bytes, use: bytes = b"onedoor.relay.codes") -> bytes:
    return sm.sm3_hmac(master, use)


def paper(number: str, kind: str, *, by: Actor) -> bytes:
    """收件凭证, 转递清单 or 原件退还凭证 as PDF/A. NotFound for any other kind, and while nothing went back."""
    found = relay(number, by=by)
    if kind not in PAPERS or (kind == RETURN and found.stage is not Stage.RETURNED):
        raise NotFound("没有这种文书。")
    told = Told(
        relay=found,
        applicant=registries.party(found.applicant).name,
        stands=registries.party(found.stands).name,
        contact=f"{found.hall}，{settings.SITE['phone']}",
        address=f"{settings.SITE_URL}/relay/?number={number}",
        code=code_of(number),
        demo=settings.DEMO,
    )
    return documents.document(PAPERS[kind](told), gaps=Gaps.NOTE)
