"""What the facts after a grant change in a case; ``fold`` applies it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onedoor.cases.rules.events import ending as n
from onedoor.cases.rules.events.fact import Event, Fact
from onedoor.cases.rules.values import Case, HolderRequest, PromiseCheck, Request
from onedoor.kernel.replacing import replace


def _checked(case: Case, event: n.PromiseChecked, _: Fact) -> Case:
    until = case.check.until if case.check else None
    return replace(case, check=PromiseCheck(event.held, event.on, until, again=case.check is not None))


def _ordered(case: Case, event: n.RectificationOrdered, _: Fact) -> Case:
    if case.check is None:
        raise ValueError("nothing is put right before it was checked")
    return replace(case, check=replace(case.check, until=event.until))


def _ended(case: Case, event: n.ResultEnded, _: Fact) -> Case:
    return replace(_answered(case), ended=event.ending)


def _reissued(case: Case, event: n.LicenceReissued, _: Fact) -> Case:
    asked = case.request
    done = _answered(case) if asked and asked.what is Request.REISSUE else case
    return replace(done, licence=event.licence)


def _requested(case: Case, event: n.HolderRequested, _: Fact) -> Case:
    return replace(case, request=HolderRequest(event.what, event.on, event.document, event.ordinal))


def _let_go(case: Case, _event: n.HolderRequestTakenBack | n.HolderRequestRefused, _: Fact) -> Case:
    return _answered(case)


def _answered(case: Case) -> Case:
    return replace(case, request=replace(case.request, open=False)) if case.request else case


ENDING_CHANGES: dict[type[Event], Callable[[Case, Any, Fact], Case]] = {
    n.PromiseChecked: _checked,
    n.RectificationOrdered: _ordered,
    n.ResultEnded: _ended,
    n.LicenceReissued: _reissued,
    n.HolderRequested: _requested,
    n.HolderRequestTakenBack: _let_go,
    n.HolderRequestRefused: _let_go,
}
