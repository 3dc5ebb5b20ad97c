"""What the facts of single kinds of steps change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import StepSentBack
from onedoor.cases.rules.events import steps as e
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.events.upward import UpperReturned
from onedoor.cases.rules.values import Case, LateOpinion, StepResult, Verdict
from onedoor.kernel.plan import Silence
from onedoor.kernel.replacing import replace


def _cancelled(case: Case, event: e.StepsCancelled, _: Fact) -> Case:
    return replace(case, cancelled=case.cancelled | dict.fromkeys(event.steps, event.because))


def _register_checked(case: Case, event: e.RegisterChecked, _: Fact) -> Case:
    return case if event.met else replace(case, by_hand={**case.by_hand, event.step: event.on})


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


def sent_back(case: Case, event: StepSentBack | UpperReturned, _: Fact) -> Case:
    """The steps that are done again begin anew on that day; what was cancelled because of them is needed again."""
    return replace(
        case,
        results={key: done for key, done in case.results.items() if key not in event.reset},
        late={key: late for key, late in case.late.items() if key not in event.reset},
        silent={key: last for key, last in case.silent.items() if key not in event.reset},
        publicity={key: held for key, held in case.publicity.items() if key not in event.reset},
        by_hand={key: day for key, day in case.by_hand.items() if key not in event.reset},
        cancelled={key: because for key, because in case.cancelled.items() if because not in event.reset},
        before={**case.before, **{key: case.results[key].by for key in event.reset if key in case.results}},
        reopened={**case.reopened, **dict.fromkeys(event.reset, event.on)},
    )


STEP_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    e.StepsCancelled: _cancelled,
    e.RegisterChecked: _register_checked,
    e.OpinionFellSilent: _fell_silent,
    e.LateOpinionGiven: _given_late,
    e.LateOpinionAnswered: _answered,
}
