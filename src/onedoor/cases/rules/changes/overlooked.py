"""What the facts of 追加请求 change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from onedoor.cases.rules.events import overlooked as o
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case, Overlooked


def _asked(case: Case, event: o.OverlookedAsked, _: Fact) -> Case:
    wanted = {key: Overlooked(said) for key, said in event.materials.items()}
    return replace(case, overlooked=case.overlooked | wanted, late_requests=case.late_requests + 1)


def _declined(case: Case, _event: o.OverlookedDeclined, _: Fact) -> Case:
    return replace(case, overlooked={key: replace(one, declined=True) for key, one in case.overlooked.items()})


OVERLOOKED_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    o.OverlookedAsked: _asked,
    o.OverlookedDeclined: _declined,
}
