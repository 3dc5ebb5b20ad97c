"""预览: the document that an act would send, drawn before it is done; nothing is stored and nothing is numbered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from onedoor.areas import queries as areas
from onedoor.cases.queries.cases import visible_to
from onedoor.cases.queries.papers import matter_of
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.papers import Paper, sends, write
from onedoor.cases.rules.values import Case
from onedoor.documents import queries as documents
from onedoor.documents.rules import Gaps
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import NotFound

UNSENT: Final = "预览，尚未发出"
Decide = Callable[[Case, Occasion], tuple[e.Event, ...]]


def preview(number: str, decide: Decide, *, by: Actor, at: datetime) -> bytes:
    """The first document that these events would give rise to, as PDF/A.

    Raises what the rule raises, and NotFound where the case is not this actor's to see or nothing would be sent.
    """
    row = whole(visible_to(by)).filter(number=number).first()
    if row is None:
        raise NotFound("没有这个办件编号，或您无权查看。请核对后再试。")
    case = case_of(row)
    now = Occasion(items.version(case.item_version), areas.calendar(case.area), at, by)
    told = tuple(
        Fact(seq, at, by.ref, str(by.channel), event) for seq, event in enumerate(decide(case, now), case.version + 1)
    )
    new: list[tuple[Paper, Fact]] = []
    for fact in told:
        case = apply(case, fact)
        new += [(paper, fact) for paper in sends(fact)]
    if not new:
        raise NotFound("这一步不发文书。")
    kind, fact = new[0]
    unsent = replace(fact, event=replace(fact.event, document=UNSENT))  # type: ignore[call-arg]
    made = write(kind, matter_of(case, item=now.item, told=(unsent,), by=by))
    return documents.document(made, gaps=Gaps.NOTE)
