"""书面: what a document says is fixed in the fact that sends it, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from onedoor.cases.queries.papers import matter_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.papers import sends, write
from onedoor.cases.rules.values import Case
from onedoor.documents import rules as documents
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor


def put_in_writing(
    case: Case, events: Sequence[e.Event], *, item: ItemVersion, by: Actor, at: datetime
) -> tuple[e.Event, ...]:
    """The same events; each that sends a document now holds its words, so that it can be opened as it was sent."""
    facts = [Fact(seq, at, by.ref, str(by.channel), event) for seq, event in enumerate(events, case.version + 1)]
    if not any(map(sends, facts)):  # as most acts: then nobody asks where the case would stand
        return tuple(events)
    written: list[e.Event] = []
    for fact in facts:
        case = apply(case, fact)
        written.append(_worded(case, fact, item=item) if sends(fact) else fact.event)
    return tuple(written)


def _worded(case: Case, fact: Fact, *, item: ItemVersion) -> e.Event:
    document = write(sends(fact)[0], matter_of(case, item=item, told=(fact,)))
    return replace(fact.event, wording=documents.wording(document))  # type: ignore[call-arg]
