"""State is the fold of the facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from onedoor.relay.rules import events as e
from onedoor.relay.rules.values import Relay, Reply, Stage, Turn

_AFTER = {Reply.ACCEPTED: Stage.ACCEPTED, Reply.ASKED: Stage.ASKED, Reply.REFUSED: Stage.REFUSED}

_PLAIN: dict[type[e.Event], Stage] = {
    e.RelayArrived: Stage.ARRIVED,
    e.RelayHanded: Stage.HANDED,
    e.RelayWithdrawn: Stage.WITHDRAWN,
    e.RelayReturned: Stage.RETURNED,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One journal entry."""

    seq: int
    at: datetime
    event: e.Event


def apply(relay: Relay | None, fact: Fact) -> Relay:
    """After one more fact. ValueError where it does not begin with the taking in, or begins twice."""
    event = fact.event
    if isinstance(event, e.RelayTaken):
        if relay is not None:
            raise ValueError(f"{relay.number} was taken in twice")
        return _taken(event, fact)
    if relay is None:
        raise ValueError("it begins with the taking in")
    return replace(_after(relay, event), version=fact.seq)


def replay(facts: Iterable[Fact]) -> Relay:
    """What all facts yield. ValueError where there are none."""
    relay: Relay | None = None
    for fact in facts:
        relay = apply(relay, fact)
    if relay is None:
        raise ValueError("no events: nothing to fold")
    return relay


def _taken(event: e.RelayTaken, fact: Fact) -> Relay:
    return Relay(
        id=event.id,
        number=event.number,
        area=event.area,
        mode=event.mode,
        basis=event.basis,
        item=event.item,
        decider=event.decider,
        applicant=event.applicant,
        stands=event.stands,
        pieces=event.pieces,
        taken_at=fact.at,
        officer=event.officer,
        hall=event.hall,
        version=fact.seq,
    )


def _after(relay: Relay, event: e.Event) -> Relay:
    match event:
        case e.RelaySent(on=on, way=way, officer=officer, more=more):
            found = replace(relay, sent=on, way=way or "", pieces=(*relay.pieces, *more))
            return _turned(found, Turn(Stage.SENT, on, way, officer))
        case e.RelayAnswered(reply=reply, on=on, due=due, told=told, officer=officer):
            accepted = on if reply is Reply.ACCEPTED else relay.accepted
            return _turned(replace(relay, accepted=accepted, due=due), Turn(_AFTER[reply], on, told, officer))
        case e.RelayDecided(granted=granted, on=on, document=document, told=told, officer=officer):
            outcome = f"{'准予' if granted else '不予'}（{document or '已删除'}）"
            return _turned(replace(relay, outcome=outcome), Turn(Stage.DECIDED, on, told, officer))
        case e.RelayScanned(files=files):
            return replace(relay, files=(*relay.files, *files))
        case e.RelayArrived() | e.RelayHanded() | e.RelayWithdrawn() | e.RelayReturned():
            return _turned(relay, Turn(_PLAIN[type(event)], event.on, event.told, event.officer))
    raise ValueError(f"not a fact of this: {event.kind}")


def _turned(relay: Relay, turn: Turn) -> Relay:
    return replace(relay, stage=turn.stage, turns=(*relay.turns, turn))
