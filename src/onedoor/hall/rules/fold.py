"""A visit is the fold of its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from onedoor.hall.rules import events as e
from onedoor.hall.rules.values import Taken, Visit


@dataclass(frozen=True, slots=True)
class Fact:
    """One journal entry of a visit."""

    seq: int
    at: datetime
    by: str
    event: e.Event


def fold(facts: Iterable[Fact]) -> Visit | None:
    """The visit that these facts, in order, tell of."""
    visit: Visit | None = None
    for fact in facts:
        visit = apply(visit, fact)
    return visit


def apply(visit: Visit | None, fact: Fact) -> Visit:
    """The visit after one more fact. ValueError where a visit has not been opened, or was opened twice."""
    event = fact.event
    if isinstance(event, e.VisitOpened):
        if visit is not None:
            raise ValueError(f"visit {visit.number} was opened twice")
        return _opened(event, fact)
    if visit is None:
        raise ValueError("a visit begins with its opening")
    return replace(_after(visit, fact), version=fact.seq)


def _after(visit: Visit, fact: Fact) -> Visit:
    match fact.event:
        case e.ItemTaken(case=case, item_name=name, key=key, materials=materials):
            return replace(visit, taken=(*visit.taken, Taken(case, name, key, materials)))
        case e.SupplementTaken(case=case, item_name=name, materials=materials):
            return replace(visit, taken=(*visit.taken, Taken(case, name, "", materials)))
        case e.CorrectedOnTheSpot(case=case, name=name):
            return _change(visit, case, lambda taken: replace(taken, corrected=(*taken.corrected, name)))
        case e.OriginalsReturned(case=case, materials=keys):
            return _change(visit, case, lambda taken: replace(taken, returned=taken.returned | set(keys)))
        case e.VisitClosed():
            return replace(visit, closed=fact.at)
    raise ValueError(f"not a fact of a visit: {fact.event.kind}")


def _change(visit: Visit, case: str, change) -> Visit:  # type: ignore[no-untyped-def]
    return replace(visit, taken=tuple(change(taken) if taken.case == case else taken for taken in visit.taken))


def _opened(event: e.VisitOpened, fact: Fact) -> Visit:
    return Visit(
        id=event.id,
        number=event.number,
        token=event.token,
        area=event.area,
        desk=event.desk,
        applicant=event.applicant,
        stands=event.stands,
        in_person=event.in_person,
        identity=event.identity,
        clerk=fact.by,
        clerk_name=event.officer,
        opened=fact.at,
        version=fact.seq,
    )
