"""What the facts of a public notice change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import publicity as p
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case
from onedoor.cases.rules.values.publicity import Publicity
from onedoor.kernel.replacing import replace


def _started(case: Case, event: p.PublicityStarted, _: Fact) -> Case:
    found = Publicity(event.on, event.until, event.notice)
    return replace(case, publicity={**case.publicity, event.step: found})


def _objected(case: Case, event: p.ObjectionRecorded, _: Fact) -> Case:
    return _marked(case, event.step, event.key, answered=False)


def _answered(case: Case, event: p.ObjectionAnswered, _: Fact) -> Case:
    return _marked(case, event.step, event.key, answered=True)


def _marked(case: Case, step: str, key: str, *, answered: bool) -> Case:
    held = case.publicity[step]
    now = replace(held, objections={**held.objections, key: answered})
    return replace(case, publicity={**case.publicity, step: now})


PUBLICITY_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    p.PublicityStarted: _started,
    p.ObjectionRecorded: _objected,
    p.ObjectionAnswered: _answered,
}
