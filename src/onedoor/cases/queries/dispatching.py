"""In whose hands a task lies by itself, and why."""

from __future__ import annotations

from dataclasses import dataclass

from onedoor.cases import models
from onedoor.cases.rules.dispatching import Reason


@dataclass(frozen=True, slots=True)
class Dispatched:
    """One task of a case: to whom it went (系统分发) and why; or who was told that nobody can do it."""

    task: str
    name: str
    to: str
    to_name: str
    reasons: tuple[Reason, ...]
    of: int
    load: int
    told: int


def dispatched(case_id: int) -> tuple[Dispatched, ...]:
    """Where the tasks of a case lie, those not handed to somebody by name. The caller has shown that its reader may
    see the case.
    """
    rows = models.Task.objects.filter(case_id=case_id, holder="", because__isnull=False).order_by("key")
    return tuple(
        Dispatched(
            task=row.key,
            name=row.name,
            to=row.assignee,
            to_name=why.get("name", ""),
            reasons=tuple(Reason(reason) for reason in why.get("reasons", ())),
            of=why.get("of", 0),
            load=why.get("load", 0),
            told=len(why.get("told", ())),
        )
        for row in rows
        for why in (row.because or {},)
    )
