"""State is a fold over the journal: ``apply`` is the only way in which an errand changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from onedoor.agency.rules import events as e
from onedoor.agency.rules.values import Errand, State


@dataclass(frozen=True, slots=True)
class Fact:
    """One event with what its journal entry says around it."""

    seq: int
    at: datetime
    actor: str
    event: e.Event


def replay(facts: Iterable[Fact]) -> Errand:
    """The errand that these facts tell, in their order; ValueError where the first is not its preparation."""
    errand: Errand | None = None
    for fact in facts:
        errand = apply(errand, fact)
    if errand is None:
        raise ValueError("an errand begins with its preparation")
    return errand


def apply(errand: Errand | None, fact: Fact) -> Errand:
    """The errand after one more fact."""
    if isinstance(fact.event, e.ErrandPrepared):
        return _prepared(fact.event, fact)
    if errand is None:
        raise ValueError("an errand begins with its preparation")
    return replace(_CHANGES[type(fact.event)](errand, fact.event, fact), version=fact.seq)


def _prepared(event: e.ErrandPrepared, fact: Fact) -> Errand:
    return Errand(
        id=event.id,
        number=event.number,
        agent=event.agent,
        agent_name=event.agent_name,
        station=event.station,
        applicant=event.applicant,
        applicant_name=event.applicant_name,
        item=event.item,
        item_name=event.item_name,
        organ=event.organ,
        area=event.area,
        digest=event.digest,
        prepared_at=fact.at,
        expires=event.expires,
        version=fact.seq,
    )


def _asked(errand: Errand, event: e.ConfirmationAsked, _: Fact) -> Errand:
    return replace(errand, codes=event.count)


def _reminded(errand: Errand, _event: e.ConfirmationReminded, _: Fact) -> Errand:
    return replace(errand, reminded=True)


def _confirmed(errand: Errand, event: e.ErrandConfirmed, fact: Fact) -> Errand:
    return replace(
        errand,
        state=State.SUBMITTED,
        how=event.how,
        confirmed_at=fact.at,
        confirmed_with=event.officer,
        evidence=event.evidence,
        case=event.case,
    )


def _refused(errand: Errand, event: e.ErrandRefused, _: Fact) -> Errand:
    return replace(errand, state=State.REFUSED, reason=event.reason)


def _lapsed(errand: Errand, _event: e.ErrandLapsed, _: Fact) -> Errand:
    return replace(errand, state=State.LAPSED)


def _withdrawn(errand: Errand, event: e.ErrandWithdrawn, _: Fact) -> Errand:
    return replace(errand, state=State.WITHDRAWN, reason=event.reason)


def _takeover_asked(errand: Errand, event: e.TakeoverAsked, fact: Fact) -> Errand:
    return replace(errand, asks=event.count, offers=errand.offers + (fact.actor == errand.agent))


def _taken_over(errand: Errand, event: e.ErrandTakenOver, _: Fact) -> Errand:
    return replace(errand, state=State.HANDED, handed_on=event.on)


def _ended_at_window(errand: Errand, event: e.ErrandEndedAtWindow, fact: Fact) -> Errand:
    return replace(errand, state=State.HANDED, handed_on=event.on, ended_by=fact.actor)


_CHANGES: dict[type[e.Event], Callable[[Errand, Any, Fact], Errand]] = {
    e.ConfirmationAsked: _asked,
    e.ConfirmationReminded: _reminded,
    e.ErrandConfirmed: _confirmed,
    e.ErrandRefused: _refused,
    e.ErrandLapsed: _lapsed,
    e.ErrandWithdrawn: _withdrawn,
    e.TakeoverAsked: _takeover_asked,
    e.ErrandTakenOver: _taken_over,
    e.ErrandEndedAtWindow: _ended_at_window,
}
