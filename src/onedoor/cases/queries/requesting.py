"""持证人的申请: which licences' holders wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable

from onedoor.cases.queries.cases import visible_to
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules.requesting import open_request
from onedoor.cases.rules.values import HolderRequest
from onedoor.kernel.actor import Actor


def open_requests(numbers: Iterable[str], *, by: Actor) -> dict[str, HolderRequest]:
    """What was asked for and has no answer yet, by the number of the case; only of cases this actor may see."""
    waiting = whole(visible_to(by).filter(number__in=set(numbers), value__request__open=True))
    found = {row.number: open_request(case_of(row)) for row in waiting}
    return {number: asked for number, asked in found.items() if asked}
