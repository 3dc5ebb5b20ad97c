"""What the facts of 一件事 change in the case of the whole; ``fold`` applies them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onedoor.cases.rules import joint_events as e
from onedoor.cases.rules.values import Case, Child, Outcome, State, StepResult, Verdict

if TYPE_CHECKING:
    from onedoor.cases.rules.event import Event
    from onedoor.cases.rules.fold import Fact


def _member_opened(case: Case, event: e.MemberOpened, _: Fact) -> Case:
    return replace(case, children={**case.children, event.member: Child(event.number)})


def _member_closed(case: Case, event: e.MemberClosed, fact: Fact) -> Case:
    child = replace(case.children[event.member], outcome=event.outcome)
    verdict = Verdict.PASSED if event.outcome is Outcome.GRANTED else Verdict.FAILED
    done = StepResult(verdict, fact.actor, "", event.on)
    results = {**case.results, event.member: done}
    return replace(case, children={**case.children, event.member: child}, results=results)


def _members_cancelled(case: Case, event: e.MembersCancelled, _: Fact) -> Case:
    steps = tuple(key for key in case.steps if key not in event.members)
    return replace(case, steps=steps, cancelled=case.cancelled | dict.fromkeys(event.members, event.because))


def _joint_closed(case: Case, event: e.JointClosed, _: Fact) -> Case:
    return replace(case, state=State.CLOSED, outcome=event.outcome, closed=event.on, delivered=event.on)


JOINT_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    e.MemberOpened: _member_opened,
    e.MemberClosed: _member_closed,
    e.MembersCancelled: _members_cancelled,
    e.JointClosed: _joint_closed,
}
