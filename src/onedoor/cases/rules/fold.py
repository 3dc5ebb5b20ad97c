"""State is a fold over the journal: ``apply`` is the only way in which a case changes."""

from __future__ import annotations

from collections.abc import Iterable

from onedoor.cases.rules.changes import CHANGES, submitted
from onedoor.cases.rules.events import Fact, Submitted
from onedoor.cases.rules.values import Case
from onedoor.kernel.replacing import replace


def replay(facts: Iterable[Fact]) -> Case:
    """The case that these facts tell, in their order; ValueError where the first is not a submission."""
    case: Case | None = None
    for fact in facts:
        case = apply(case, fact)
    if case is None:
        raise ValueError("a case begins with its submission")
    return case


def apply(case: Case | None, fact: Fact) -> Case:
    """The case after one more fact."""
    if isinstance(fact.event, Submitted):
        return submitted(fact.event, fact)
    if case is None:
        raise ValueError("a case begins with its submission")
    return replace(CHANGES[type(fact.event)](case, fact.event, fact), version=fact.seq)
