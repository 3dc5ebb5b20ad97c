"""What the facts of a case's handling (办理) change in it; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.changes.steps import sent_back
from onedoor.cases.rules.events import handling as e
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case, Decision, Origin, Outcome, Pledge, State, StepResult, Supplement, Verdict
from onedoor.kernel.clock import Exclusion, local_date
from onedoor.kernel.replacing import replace


def submitted(event: e.Submitted, fact: Fact) -> Case:
    """The case that its first fact makes."""
    return Case(
        id=event.id,
        number=event.number,
        item=event.item,
        item_version=event.item_version,
        item_name=event.item_name,
        organ=event.organ,
        area=event.area,
        applicant=event.applicant,
        applicant_name=event.applicant_name,
        agent=event.agent,
        submitted_by=fact.actor,
        channel=fact.channel,
        received_at=fact.at,
        received=event.received,
        electronic_service=event.electronic_service,
        steps=event.steps,
        owners=event.owners,
        materials=event.materials,
        paper=event.paper,
        agent_name=event.agent_name,
        agent_station=event.agent_station,
        shorter_limit=event.shorter_limit,
        joint=event.joint,
        promised=event.promised,
        on_promise=event.on_promise,
        filled=event.filled,
        renews=event.renews,
        version=fact.seq,
    )


def _accepted(case: Case, event: e.Accepted, fact: Fact) -> Case:
    return replace(
        case,
        state=State.ACCEPTED,
        accepted=event.effective,
        accepted_on=event.on,
        accepted_by=event.how,
        acceptor=fact.actor,
        review_began=local_date(fact.at),
    )


def _supplement_requested(case: Case, event: e.SupplementRequested, fact: Fact) -> Case:
    notice = Supplement(event.on, event.materials, round=event.round, by=fact.actor)
    return replace(case, state=State.SUPPLEMENT, supplement=notice)


def _supplement_received(case: Case, event: e.SupplementReceived, _: Fact) -> Case:
    notice = replace(case.supplement, returned=event.on) if case.supplement else None
    return replace(
        case,
        state=State.SUBMITTED,
        supplement=notice,
        steps=event.steps,
        shorter_limit=event.shorter_limit,
        renews=event.renews,
        opinions={},
        materials={**case.materials, **event.materials},
        paper={**case.paper, **event.paper},
        promised={**_still(case.promised, event), **event.promised},
    )


def _still(promised: dict[str, Pledge], event: e.SupplementReceived) -> dict[str, Pledge]:
    return {key: kind for key, kind in promised.items() if key not in {*event.materials, *event.paper}}


def _refused(case: Case, event: e.AcceptanceRefused, _: Fact) -> Case:
    return replace(case, state=State.CLOSED, outcome=event.outcome, closed=event.on)


def _step_completed(case: Case, event: e.StepCompleted, fact: Fact) -> Case:
    result = StepResult(event.verdict, fact.actor, event.officer, event.on, event.merged_duties)
    files = (*case.photos.get(event.step, ()), *(file for file, _sm3 in event.photos))
    taken = {event.step: files} if event.photos else {}
    return replace(case, results={**case.results, event.step: result}, photos={**case.photos, **taken})


def _special_started(case: Case, event: e.SpecialProcedureStarted, _: Fact) -> Case:
    stop = Exclusion(event.ground, event.on, event.notified_end, article=event.article)
    return replace(case, exclusions=(*case.exclusions, stop))


def _special_ended(case: Case, event: e.SpecialProcedureEnded, _: Fact) -> Case:
    return replace(case, exclusions=tuple(_end(stop, event) for stop in case.exclusions))


def _end(stop: Exclusion, event: e.SpecialProcedureEnded) -> Exclusion:
    return replace(stop, ended=event.on) if stop.ended is None and stop.ground is event.ground else stop


def _extended(case: Case, event: e.Extended, _: Fact) -> Case:
    return replace(case, added=case.added + event.number)


def _decided(case: Case, event: e.Decided, fact: Fact) -> Case:
    decision = Decision(event.outcome, fact.actor, event.officer, event.on, event.document, event.deemed)
    verdict = Verdict.PASSED if event.outcome is Outcome.GRANTED else Verdict.FAILED
    done = StepResult(verdict, fact.actor, event.officer, event.on, event.merged_duties)
    results = {**case.results, event.step: done}
    return replace(case, state=State.DECIDED, decision=decision, outcome=event.outcome, results=results)


def _closed(case: Case, event: e.Closed, _: Fact) -> Case:
    return replace(case, state=State.CLOSED, closed=event.on, licence=event.licence)


def _delivered(case: Case, event: e.Delivered, _: Fact) -> Case:
    return replace(case, delivered=event.on, delivery=event.method)


def _withdrawn(case: Case, event: e.Withdrawn, _: Fact) -> Case:
    return replace(case, state=State.CLOSED, outcome=Outcome.WITHDRAWN, closed=event.on)


def _rated(case: Case, event: e.Rated, _: Fact) -> Case:
    return replace(case, rating=event.level)


def _agency_ended(case: Case, event: e.AgencyEnded, _: Fact) -> Case:
    return replace(case, agency_ended=event.on)


def _handed_over(case: Case, event: e.HandedOver, _: Fact) -> Case:
    return replace(case, holders={**case.holders, event.task: event.to})


def _moved(case: Case, event: e.CaseMoved, fact: Fact) -> Case:
    held = Origin(fact.seq, case.item_version, case.item_name, case.steps, case.owners, case.holders, case.stays)
    return replace(
        case,
        item_version=event.to_version,
        item_name=event.item_name,
        steps=event.steps,
        owners=event.owners,
        holders={task: who for task, who in case.holders.items() if task not in event.released},
        moved=held,
        stays=False,
    )


def _moved_back(case: Case, _event: e.CaseMovedBack, _: Fact) -> Case:
    if case.moved is None:
        raise ValueError("only a moved case is moved back")
    names = ("item_version", "item_name", "steps", "owners", "holders", "stays")
    return replace(case, moved=None, **{name: getattr(case.moved, name) for name in names})


def _kept(case: Case, _event: e.CaseKept, _: Fact) -> Case:
    return replace(case, stays=True)


def _unchanged(case: Case, _event: Event, _: Fact) -> Case:
    return case


HANDLING_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    e.Accepted: _accepted,
    e.SupplementRequested: _supplement_requested,
    e.SupplementReceived: _supplement_received,
    e.AcceptanceRefused: _refused,
    e.StepCompleted: _step_completed,
    e.StepSentBack: sent_back,
    e.SpecialProcedureStarted: _special_started,
    e.SpecialProcedureEnded: _special_ended,
    e.Extended: _extended,
    e.Decided: _decided,
    e.Closed: _closed,
    e.Delivered: _delivered,
    e.Withdrawn: _withdrawn,
    e.Rated: _rated,
    e.AgencyEnded: _agency_ended,
    e.HandedOver: _handed_over,
    e.MaterialOpened: _unchanged,
    e.DatesMoved: _unchanged,
    e.CaseMoved: _moved,
    e.CaseMovedBack: _moved_back,
    e.CaseKept: _kept,
}
