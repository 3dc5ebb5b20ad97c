"""The facts of single kinds of steps; ``events`` counts them among its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules.events.fact import Event
from onedoor.cases.rules.values import Verdict
from onedoor.kernel.plan import Silence


@dataclass(frozen=True, slots=True)
class StepsCancelled(Event):
    """环节不再开始: ``because`` found that what the law itself demands is not there. What has begun is finished."""

    kind = "case_steps_cancelled"
    steps: tuple[str, ...]
    because: str
    on: date


@dataclass(frozen=True, slots=True)
class RegisterChecked(Event):
    """自动核验: what a published rule asked and whether it was met; where it was not, people look at it (人工核对).

    ``asked``: the facts that only registers know; ``missing``: of all that the rule uses, what nobody could tell;
    ``found``: what the registers said.
    """

    kind = "case_register_checked"
    personal = frozenset({"found"})
    step: str
    met: bool
    on: date
    rule: str
    basis: str
    asked: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    found: str | None = None


@dataclass(frozen=True, slots=True)
class OpinionFellSilent(Event):
    """征求意见逾期未答复: the last day passed; ``effect`` is what the plan says, by the rule ``basis``."""

    kind = "case_opinion_fell_silent"
    step: str
    effect: Silence
    due: date
    on: date
    basis: str = ""


@dataclass(frozen=True, slots=True)
class LateOpinionGiven(Event):
    """迟到的意见: no longer waited for, but shown to the decider until signing."""

    kind = "case_late_opinion_given"
    personal = frozenset({"opinion"})
    step: str
    verdict: Verdict
    on: date
    opinion: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class LateOpinionAnswered(Event):
    """对迟到意见的处理: 采纳 or 不采纳, and why."""

    kind = "case_late_opinion_answered"
    personal = frozenset({"reason"})
    step: str
    taken: bool
    on: date
    reason: str | None = None
    officer: str = ""
