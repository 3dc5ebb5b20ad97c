"""What happened to a case since a page was drawn: for whoever pressed a button on an old page."""

from __future__ import annotations

from onedoor.cases.queries.cases import Timeline, facts
from onedoor.cases.rules import events as e

HARMLESS = e.MaterialOpened | e.DatesMoved  # neither changes what an act rests on


def changes_since(case_id: int, version: int) -> Timeline:
    """The facts behind that version that change the case. The caller has shown that its reader may see the case."""
    return tuple(fact for fact in facts(case_id) if fact.seq > version and not isinstance(fact.event, HARMLESS))
