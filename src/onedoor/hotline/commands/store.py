"""How facts become rows: append to the journal, fold, store the projection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onedoor.hotline import models
from onedoor.hotline.queries.keys import seal
from onedoor.hotline.rules import Fact, Question, apply
from onedoor.hotline.rules import events as e
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Actor


def append(question: Question | None, events: Sequence[e.Event], *, id: int, by: Actor, at: datetime) -> Question:
    """Write the events as journal entries in one statement, and fold them into the question."""
    begin = question.version if question else 0
    entries = []
    for seq, event in enumerate(events, begin + 1):
        body, personal = e.to_body(event)
        stream = f"question:{id}"
        entries.append(
            Entry(stream=stream, seq=seq, kind=event.kind, occurred_at=at, actor=by, body=body, personal=personal)  # type: ignore[arg-type]
        )
        question = apply(question, Fact(seq, at, by.ref, event))
    journal.append(entries)
    if question is None:
        raise ValueError("no events: nothing to fold")
    return question


def columns(question: Question) -> dict[str, object]:
    """The row of a question."""
    return {
        "number": question.number,
        "asker": question.asker,
        "organ": question.organ,
        "area": question.area,
        "item": question.item,
        "state": question.state,
        "due": question.turn.due,
        "asked_at": question.turns[0].asked_at,
        "version": question.version,
        "sealed": seal(question),
    }


def update(question: Question) -> None:
    """Store the row after an act."""
    models.Question.objects.filter(pk=question.id).update(**columns(question))
