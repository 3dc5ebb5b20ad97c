"""How facts become rows: append to the journal, fold, store the projection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from onedoor.agency import models
from onedoor.agency.queries.keys import seal
from onedoor.agency.rules import Errand, Fact, State, apply
from onedoor.agency.rules import events as e
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Actor


def append(errand: Errand | None, events: Sequence[e.Event], *, id: int, by: Actor, at: datetime) -> Errand:
    """Write the events as journal entries in one statement, and fold them into the errand."""
    begin = errand.version if errand else 0
    entries = []
    for seq, event in enumerate(events, begin + 1):
        body, personal = e.to_body(event)
        entries.append(
            Entry(
                stream=f"errand:{id}",
                seq=seq,
                kind=event.kind,
                occurred_at=at,
                actor=by,
                body=body,  # type: ignore[arg-type]
                personal=personal,
                on_behalf_of=errand.applicant if errand else getattr(event, "applicant", None),
            )
        )
        errand = apply(errand, Fact(seq, at, by.ref, event))
    journal.append(entries)
    if errand is None:
        raise ValueError("no events: nothing to fold")
    return errand


def columns(errand: Errand) -> dict[str, object]:
    """The row of an errand."""
    return {
        "number": errand.number,
        "agent": errand.agent,
        "station": errand.station,
        "applicant": errand.applicant,
        "area": errand.area,
        "organ": errand.organ,
        "item": errand.item,
        "state": errand.state,
        "expires": errand.expires,
        "case": errand.case,
        "version": errand.version,
        "sealed": seal(errand),
    }


def update(errand: Errand) -> None:
    """Store the row after an act; what was filled in goes once the errand has ended."""
    gone = {} if errand.state is State.WAITING else {"application": None, "code": ""}
    models.Errand.objects.filter(pk=errand.id).update(**columns(errand), **gone)
