"""What the facts after a grant change in a case; ``fold`` applies them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from onedoor.cases.rules import ending_events as n
from onedoor.cases.rules.values import Case, PromiseCheck

if TYPE_CHECKING:
    from onedoor.cases.rules.event import Event
    from onedoor.cases.rules.fold import Fact


def _checked(case: Case, event: n.PromiseChecked, _: Fact) -> Case:
    until = case.check.until if case.check else None
    return replace(case, check=PromiseCheck(event.held, event.on, until, again=case.check is not None))


def _ordered(case: Case, event: n.RectificationOrdered, _: Fact) -> Case:
    if case.check is None:
        raise ValueError("nothing is put right before it was checked")
    return replace(case, check=replace(case.check, until=event.until))


def _ended(case: Case, event: n.ResultEnded, _: Fact) -> Case:
    return replace(case, ended=event.ending)


def _reissued(case: Case, event: n.LicenceReissued, _: Fact) -> Case:
    return replace(case, licence=event.licence)


ENDING_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    n.PromiseChecked: _checked,
    n.RectificationOrdered: _ordered,
    n.ResultEnded: _ended,
    n.LicenceReissued: _reissued,
}
