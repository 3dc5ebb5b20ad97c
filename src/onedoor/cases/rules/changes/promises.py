"""What the facts of promises change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.items.rules.promises import Lapse
from onedoor.kernel.replacing import replace


def _tolerated(case: Case, event: p.MaterialsTolerated, _: Fact) -> Case:
    return replace(case, owed={**case.owed, **event.due})


def _came(case: Case, event: p.OwedReceived, _: Fact) -> Case:
    brought = {*event.materials, *event.paper}
    return replace(
        case,
        materials={**case.materials, **event.materials},
        paper={**case.paper, **event.paper},
        promised={key: kind for key, kind in case.promised.items() if key not in brought},
        owed={key: last for key, last in case.owed.items() if key not in brought},
        overlooked={key: one for key, one in case.overlooked.items() if key not in brought},
    )


def _lapsed(case: Case, event: p.ToleranceLapsed, _: Fact) -> Case:
    case = replace(case, lapsed={**case.lapsed, **dict.fromkeys(event.materials, event.due)})
    if event.effect is Lapse.OVERDUE:
        return case
    return replace(case, state=State.CLOSED, outcome=Outcome.WITHDRAWN, closed=event.on)


def _verified(case: Case, event: p.PledgeVerified, _: Fact) -> Case:
    return replace(case, verified={**case.verified, event.material: event.held})


PROMISE_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    p.MaterialsTolerated: _tolerated,
    p.OwedReceived: _came,
    p.ToleranceLapsed: _lapsed,
    p.PledgeVerified: _verified,
}
