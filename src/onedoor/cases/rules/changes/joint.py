"""What the facts of 一件事 change in the case of the whole; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import joint as e
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import (
    Case,
    Child,
    JointVisit,
    MemberOpinion,
    Outcome,
    Signed,
    State,
    StepResult,
    Verdict,
)
from onedoor.kernel.replacing import replace


def _member_opened(case: Case, event: e.MemberOpened, _: Fact) -> Case:
    return replace(case, children={**case.children, event.member: Child(event.number)})


def _member_closed(case: Case, event: e.MemberClosed, fact: Fact) -> Case:
    child = replace(case.children[event.member], outcome=event.outcome)
    verdict = Verdict.PASSED if event.outcome is Outcome.GRANTED else Verdict.FAILED
    done = StepResult(verdict, fact.actor, "", event.on)
    results, visit = {**case.results, event.member: done}, case.visit
    if visit and event.member in visit.waiting:  # closed before the others went
        visit = replace(visit, alone={**visit.alone, event.member: None})
    return replace(case, children={**case.children, event.member: child}, results=results, visit=visit)


def _members_cancelled(case: Case, event: e.MembersCancelled, _: Fact) -> Case:
    steps = tuple(key for key in case.steps if key not in event.members)
    return replace(case, steps=steps, cancelled=case.cancelled | dict.fromkeys(event.members, event.because))


def _joint_closed(case: Case, event: e.JointClosed, _: Fact) -> Case:
    return replace(case, state=State.CLOSED, outcome=event.outcome, closed=event.on)


def _spoke(case: Case, event: e.MemberSpoke, fact: Fact) -> Case:
    said = MemberOpinion(event.materials, fact.actor, event.officer, event.on)
    return replace(case, opinions={**case.opinions, event.member: said})


def _called(case: Case, event: e.VisitCalled, _: Fact) -> Case:
    before = case.visit
    if before is None or before.ordinal != event.ordinal:
        return replace(case, visit=JointVisit(event.ordinal, event.meets, event.place, event.members))
    return replace(case, visit=replace(before, meets=event.meets, place=event.place, members=event.members))


def _manned(case: Case, event: e.VisitManned, _: Fact) -> Case:
    visit = _visit(case)
    return replace(case, visit=replace(visit, crews={**visit.crews, event.member: event.officers}))


def _left(case: Case, event: e.VisitLeft, _: Fact) -> Case:
    visit = _visit(case)
    return replace(case, visit=replace(visit, alone={**visit.alone, event.member: event.reason}))


def _signed(case: Case, event: e.VisitSigned, fact: Fact) -> Case:
    visit = _visit(case)
    found = Signed(event.verdict, fact.actor, event.officer, event.on, event.officers, event.finding)
    files = (*case.photos.get(event.member, ()), *(file for file, _sm3 in event.photos))
    photos = {**case.photos, event.member: files} if event.photos else case.photos
    return replace(case, photos=photos, visit=replace(visit, signed={**visit.signed, event.member: found}))


def _visit(case: Case) -> JointVisit:
    if case.visit is None:
        raise ValueError("a visit is called before anybody takes part")
    return case.visit


def _unchanged(case: Case, _event: e.VisitRecorded, _: Fact) -> Case:
    return case


def _delivered(case: Case, event: e.JointDelivered, _: Fact) -> Case:
    case = replace(case, handed=(*case.handed, event.members))
    return replace(case, delivered=event.on, delivery=event.method) if event.final else case


JOINT_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    e.MemberOpened: _member_opened,
    e.MemberClosed: _member_closed,
    e.MembersCancelled: _members_cancelled,
    e.JointClosed: _joint_closed,
    e.MemberSpoke: _spoke,
    e.VisitCalled: _called,
    e.VisitManned: _manned,
    e.VisitLeft: _left,
    e.VisitSigned: _signed,
    e.VisitRecorded: _unchanged,
    e.JointDelivered: _delivered,
}
