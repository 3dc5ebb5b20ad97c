"""What the facts of 转报 change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.changes.steps import sent_back
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case, Decision, Outcome, State, StepResult, Verdict
from onedoor.cases.rules.values.upward import Above
from onedoor.kernel.replacing import replace


def _reported(case: Case, event: u.ReportedUpward, _: Fact) -> Case:
    return replace(case, above=Above(event.step, event.organ, event.on, event.limit))


def _decided(case: Case, event: u.UpperDecided, fact: Fact) -> Case:
    """The decision is that of the upper level: no officer of this organ stands for it."""
    verdict = Verdict.PASSED if event.outcome is Outcome.GRANTED else Verdict.FAILED
    files = tuple(file for file, _sm3 in event.files)
    done = StepResult(verdict, fact.actor, event.officer, event.on)
    return replace(
        case,
        state=State.DECIDED,
        outcome=event.outcome,
        decision=Decision(event.outcome, "", event.organ, event.decided_on, event.number),
        results={**case.results, event.step: done},
        above=replace(case.above, came=event.on, files=files) if case.above else None,
    )


def _decided_after_withdrawal(case: Case, event: u.UpperDecidedAfterWithdrawal, _: Fact) -> Case:
    """It stays withdrawn: nothing is delivered, and whoever decided is still told of the withdrawal."""
    files = tuple(file for file, _sm3 in event.files)
    return replace(case, above=replace(case.above, files=files) if case.above else None)


def _returned(case: Case, event: u.UpperReturned, fact: Fact) -> Case:
    """The review here goes on, and the step that sends up begins anew on that day."""
    if case.above is None:
        raise ValueError("only what was sent up is returned")
    back = replace(case.above, came=event.on, files=tuple(file for file, _sm3 in event.files))
    again = sent_back(case, event, fact)
    reopened = {**again.reopened, event.step: event.on}
    return replace(again, above=None, returned=(*case.returned, back), reopened=reopened)


def _recalled(case: Case, event: u.UpperToldOfWithdrawal, _: Fact) -> Case:
    return replace(case, above=replace(case.above, recalled=event.on) if case.above else None)


UPWARD_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    u.ReportedUpward: _reported,
    u.UpperDecided: _decided,
    u.UpperDecidedAfterWithdrawal: _decided_after_withdrawal,
    u.UpperReturned: _returned,
    u.UpperToldOfWithdrawal: _recalled,
}
