"""All writes: taken in, handed on, answered, decided elsewhere, handed over. The applicant is told at each turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from onedoor.cases import commands as cases
from onedoor.hall.rules import Visit, place_of, receipt_number
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, EntryMode
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, Forbidden, NotFound, Refused
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.relay import models, queries
from onedoor.relay.rules import Fact, Piece, Relay, Reply, Stage, Wish, acts, apply, whole
from onedoor.relay.rules import events as e
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

MOST_A_DAY: Final = 999_999
LONGEST_NUMBER: Final = 24
MESSAGES: Final = {
    Stage.SENT: "relay_sent",
    Stage.ARRIVED: "relay_arrived",
    Stage.ACCEPTED: "relay_accepted",
    Stage.ASKED: "relay_asked",
    Stage.REFUSED: "relay_refused",
    Stage.DECIDED: "relay_decided",
    Stage.WITHDRAWN: "relay_withdrawn",
}
Decide = Callable[[Relay], tuple[e.Event, ...]]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the organ elsewhere answered, on which day, in its words; ``due``: its own last day."""

    on: date
    told: str = ""
    due: date | None = None


@transaction.atomic(durable=True)
def take_relay(visit: Visit, wish: Wish, *, by: Actor, at: datetime, key: str) -> Relay:
    """代收 for an organ elsewhere during a visit: a receipt that names who decides. The same key repeats it.

    Forbidden where this officer receives nowhere, Invalid with all that is missing, Conflict where the key came with
    something else.
    """
    area = _area(by)
    row, made = models.Relay.objects.get_or_create(
        clerk=by.ref, key=key, defaults={"area": area, "applicant": visit.applicant, "stage": Stage.TAKEN}
    )
    if not made:
        return _same(queries.load(row), visit, wish)
    wish = whole(wish)
    number = receipt_number(area, local_date(at), (row.pk - 1) % MOST_A_DAY + 1).replace("SJ", "YD", 1)
    taken = e.RelayTaken(
        id=row.pk,
        number=number,
        area=area,
        mode=wish.mode,
        basis=wish.basis,
        item=wish.item,
        decider=wish.decider,
        applicant=visit.applicant,
        stands=visit.stands,
        pieces=wish.pieces,
        hall=settings.SITE["operator"],
        officer=by.name,
    )
    return _append(None, (taken,), row=row, by=by, at=at)


def _same(held: Relay, visit: Visit, wish: Wish) -> Relay:
    before = held.applicant, held.item, held.decider, held.mode, held.basis, held.pieces
    if before != (visit.applicant, wish.item, wish.decider, wish.mode, wish.basis, wish.pieces):
        raise Conflict("这个页面已经用来收过另一件。请从这次来访重新打开“异地收件”再填。")
    return held


@transaction.atomic(durable=True)
def scan_relay(number: str, files: Sequence[str], *, by: Actor, at: datetime) -> Relay:
    """附照片、扫描件: the clerk's own files of the vault, which belong to it from now on. NotFound for any other."""
    relay = _act(number, lambda r: acts.scan(r, files=files, officer=by.name), by=by, at=at)
    vault.bind(list(files), to=Binding(f"relay:{relay.id}", relay.area), by=by, at=at, entry_mode=_mode(by))
    return relay


@transaction.atomic(durable=True)
def send_relay(number: str, *, by: Actor, at: datetime, way: str, more: Sequence[Piece] = ()) -> Relay:
    """转递 with its list; the applicant is told."""
    return _act(number, lambda r: acts.send(r, on=local_date(at), way=way, more=more, officer=by.name), by=by, at=at)


@transaction.atomic(durable=True)
def arrive_relay(number: str, there: Elsewhere, *, by: Actor, at: datetime) -> Relay:
    """登记对方收到."""
    today = local_date(at)
    return _act(
        number,
        lambda r: acts.arrive(r, on=there.on, today=today, told=there.told, officer=by.name),
        by=by,
        at=at,
    )


@transaction.atomic(durable=True)
def answer_relay(number: str, reply: Reply, there: Elsewhere, *, by: Actor, at: datetime) -> Relay:
    """登记对方答复: 受理, 补正 or 不受理."""
    said = {"on": there.on, "today": local_date(at), "due": there.due, "told": there.told}
    return _act(number, lambda r: acts.answer(r, reply=reply, officer=by.name, **said), by=by, at=at)  # type: ignore[arg-type]


@transaction.atomic(durable=True)
def decide_relay(number: str, there: Elsewhere, *, by: Actor, at: datetime, granted: bool, document: str) -> Relay:
    """登记结果: what the organ elsewhere decided has come back here."""
    said = {"on": there.on, "today": local_date(at), "told": there.told, "document": document}
    return _act(number, lambda r: acts.decided(r, granted=granted, officer=by.name, **said), by=by, at=at)  # type: ignore[arg-type]


@transaction.atomic(durable=True)
def hand_relay(number: str, *, by: Actor, at: datetime, receiver: str) -> Relay:
    """交付结果."""
    return _act(number, lambda r: acts.hand(r, on=local_date(at), receiver=receiver, officer=by.name), by=by, at=at)


@transaction.atomic(durable=True)
def withdraw_relay(number: str, *, by: Actor, at: datetime, reason: str = "") -> Relay:
    """登记撤回: the applicant, at the window, gives it up before it is decided."""
    return _act(number, lambda r: acts.withdraw(r, on=local_date(at), reason=reason, officer=by.name), by=by, at=at)


@transaction.atomic(durable=True)
def withdraw_own_relay(number: str, *, by: Actor, at: datetime, reason: str = "") -> Relay:
    """撤回, online by the applicant before it is decided: whoever took it in is told, to stop it there.

    NotFound for anybody else's, and for whoever may not withdraw for the applicant.
    """
    row = queries.own_rows(by, Act.WITHDRAW).select_for_update().filter(number=number).first()
    if row is None:
        raise NotFound(queries.UNKNOWN)
    relay = _turn(row, lambda r: acts.withdraw(r, on=local_date(at), reason=reason, officer=""), by=by, at=at)
    notices.send(row.clerk, "relay_given_up", _words(relay), at=at, about=_about(relay))
    return relay


@transaction.atomic(durable=True)
def return_relay(number: str, *, by: Actor, at: datetime, receiver: str) -> Relay:
    """原件退还 after a refusal or a withdrawal."""
    decide = acts.give_back
    return _act(number, lambda r: decide(r, on=local_date(at), receiver=receiver, officer=by.name), by=by, at=at)


@transaction.atomic(durable=True)
def erase_relay(number: str, *, by: Actor, at: datetime, reason: str) -> Relay:
    """删除个人信息: values and files go, the facts stay, and the row still equals the replay (个人信息保护法 §47).

    NotFound for an unknown number, Refused while it is under way, Forbidden unless ``by`` manages security.
    """
    row = models.Relay.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise NotFound("没有这个代收编号。请核对后再试。")
    if row.is_open:
        raise Refused("relay_open", "这一件还没有办完，不能删除个人信息。请等办完以后再删。")
    journal.erase_within(f"relay:{row.pk}", by=by, at=at, reason=reason)
    vault.erase(f"relay:{row.pk}", by=by, at=at, reason=reason)
    erased = queries.replayed(number)
    row.sealed = queries.seal(erased)
    row.save(update_fields=["sealed"])
    return erased


def open_relay(number: str, code: str, *, at: datetime, address: str) -> Relay | None:
    """By number and code of the receipt; None where they do not fit. Guesses are counted, Refused past the limit."""
    if len(number) > LONGEST_NUMBER:
        return None
    found: list[Relay] = []

    def right() -> bool:
        found.extend(filter(None, [queries.by_code(number, code)]))
        return bool(found)

    return found[0] if cases.counted_guess(number, right, at=at, address=address) else None


def _act(number: str, decide: Decide, *, by: Actor, at: datetime) -> Relay:
    area = _area(by)
    row = models.Relay.objects.select_for_update().filter(number=number, area=area).first()
    if row is None:
        raise NotFound(queries.UNKNOWN)
    return _turn(row, decide, by=by, at=at)


def _turn(row: models.Relay, decide: Decide, *, by: Actor, at: datetime) -> Relay:
    held = queries.load(row)
    relay = _append(held, decide(held), row=row, by=by, at=at)
    if relay.stage is not held.stage and (template := MESSAGES.get(relay.stage)):
        told = _words(relay)
        notices.send(relay.applicant, template, told, at=at, about=_about(relay), channels=(Channel.SMS,))
    return relay


def _words(relay: Relay) -> dict[str, str]:
    return {"item": relay.item, "organ": relay.decider.organ, "case": relay.number}


def _about(relay: Relay) -> notices.About:
    return notices.About(f"relay:{relay.number}", relay.area)


def _area(by: Actor) -> str:
    if not by.has(Act.RECEIVE):
        raise Forbidden("只有窗口收件人员可以代收、转递。")
    return place_of(by).area


def _mode(by: Actor) -> EntryMode:
    return EntryMode.SIMULATED if by.simulated else EntryMode.LIVE


def _append(relay: Relay | None, events: Sequence[e.Event], *, row: models.Relay, by: Actor, at: datetime) -> Relay:
    entries = []
    for seq, event in enumerate(events, (relay.version if relay else 0) + 1):
        body, personal = e.to_body(event)
        entries.append(
            Entry(
                stream=f"relay:{row.pk}",
                seq=seq,
                kind=event.kind,
                occurred_at=at,
                actor=by,
                body=body,  # type: ignore[arg-type]
                personal=personal,
                entry_mode=_mode(by),
                on_behalf_of=row.applicant,
            )
        )
        relay = apply(relay, Fact(seq, at, event))
    journal.append(entries)
    if relay is None:
        raise ValueError("no events: nothing to fold")
    row.number, row.stage, row.is_open, row.version = relay.number, relay.stage, relay.open, relay.version
    wait = queries.wait(relay)
    row.waits_until, row.sealed = wait.until if wait else None, queries.seal(relay)
    row.save(update_fields=["number", "stage", "is_open", "version", "waits_until", "sealed"])
    return relay
