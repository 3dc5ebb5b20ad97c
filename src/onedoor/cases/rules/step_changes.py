"""What the facts of single kinds of steps change in a case; ``fold`` applies them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onedoor.cases.rules import step_events as e
from onedoor.cases.rules.values import Case, LateOpinion, StepResult, Verdict
from onedoor.kernel.plan import Silence

if TYPE_CHECKING:
    from onedoor.cases.rules.event import Event
    from onedoor.cases.rules.fold import Fact


def _cancelled(case: Case, event: e.StepsCancelled, _: Fact) -> Case:
    return replace(case, cancelled=case.cancelled | dict.fromkeys(event.steps, event.because))


def _fell_silent(case: Case, event: e.OpinionFellSilent, fact: Fact) -> Case:
    silent = {**case.silent, event.step: event.due}
    if event.effect is Silence.ESCALATE:
        return replace(case, silent=silent)
    passed = StepResult(Verdict.SILENT, fact.actor, "", event.on)
    return replace(case, silent=silent, results={**case.results, event.step: passed})


def _given_late(case: Case, event: e.LateOpinionGiven, fact: Fact) -> Case:
    late = LateOpinion(event.verdict, fact.actor, event.officer, event.on)
    return replace(case, late={**case.late, event.step: late})


def _answered(case: Case, event: e.LateOpinionAnswered, _: Fact) -> Case:
    late = replace(case.late[event.step], taken=event.taken)
    results = case.results
    if event.taken:
        results = {**results, event.step: StepResult(late.verdict, late.by, late.name, late.on)}
    return replace(case, late={**case.late, event.step: late}, results=results)


STEP_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    e.StepsCancelled: _cancelled,
    e.OpinionFellSilent: _fell_silent,
    e.LateOpinionGiven: _given_late,
    e.LateOpinionAnswered: _answered,
}
