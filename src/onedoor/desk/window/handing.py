"""What may follow on the spot once an application is taken in: acceptance, the one-time notice. Acts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onedoor.cases import commands as cases
from onedoor.cases import queries
from onedoor.cases.rules.values import State
from onedoor.kernel.clock import local_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onedoor.kernel.actor import Actor


def accept(number: str, *, by: Actor, at: datetime) -> None:
    """受理 at once; nothing happens where an earlier press has done it."""
    if _waiting(number, by=by, at=at):
        cases.accept(number, by=by, at=at)


def tell_once(number: str, *, by: Actor, at: datetime, faults: Mapping[str, str]) -> None:
    """当场一次性告知 of everything missing; nothing happens where an earlier press has done it."""
    if _waiting(number, by=by, at=at):
        cases.request_supplement(number, by=by, at=at, materials=faults)


def _waiting(number: str, *, by: Actor, at: datetime) -> bool:
    return queries.case_page(number, by=by, on=local_date(at)).case.state is State.SUBMITTED
