"""How facts become rows: append to the journal, fold, name the columns and what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import begun_too_late, profile_of
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.public import public_until
from onedoor.cases.rules.standing import Standing
from onedoor.cases.rules.tasks import Task
from onedoor.cases.rules.values import Case
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, EntryMode
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

TASKS: TypeAdapter[tuple[Task, ...]] = TypeAdapter(tuple[Task, ...])
PICTURES: Final = frozenset({"image/jpeg", "image/png"})  # what the viewer can draw
COLUMNS: Final = (
    *("number", "item", "item_version", "item_name", "organ", "organs", "area", "applicant", "applicant_name", "agent"),
    *("state", "outcome", "version", "received", "due", "provisional", "closed", "next_alarm_at", "joint"),
    *("public_until", "taken_over"),
)


def stream(case_id: int) -> str:
    """The journal stream of a case."""
    return f"case:{case_id}"


def append(case: Case | None, events: Sequence[e.Event], *, case_id: int, by: Actor, at: datetime) -> Case:
    """Write the events as journal entries in one statement, and fold them into the case."""
    entries, case = entered(case, events, case_id=case_id, by=by, at=at)
    journal.append(entries)
    return case


def entered(
    case: Case | None, events: Sequence[e.Event], *, case_id: int, by: Actor, at: datetime
) -> tuple[list[Entry], Case]:
    """The journal entries of the events, not yet written, and the case that they lead to."""
    begin = case.version if case else 0
    entries = []
    for seq, event in enumerate(events, begin + 1):
        body, personal = e.to_body(event)
        entries.append(
            Entry(
                stream=stream(case_id),
                seq=seq,
                kind=event.kind,
                occurred_at=at,
                actor=by,
                body=body,  # type: ignore[arg-type]
                personal=personal,
                entry_mode=mode_of(by),
                on_behalf_of=case.applicant if case else getattr(event, "applicant", None),
            )
        )
        case = apply(case, Fact(seq, at, by.ref, str(by.channel), event))
    if case is None:
        raise ValueError("no events: nothing to fold")
    return entries, case


def bind_files(materials: Mapping[str, Sequence[str]], *, case_id: int, area: str, by: Actor, at: datetime) -> None:
    """Make uploaded files part of the case: they must be the actor's own and bound to nothing yet."""
    ids = [file for files in materials.values() for file in files]
    if ids:
        vault.bind(ids, to=Binding(stream(case_id), area), by=by, at=at, entry_mode=mode_of(by))


def bind_photos(ids: Sequence[str], case: Case, *, by: Actor, at: datetime) -> dict[str, str]:
    """Make photos taken on site part of the case: each with its SM3. Invalid where one is no picture."""
    if not ids:
        return {}
    kept = vault.bind(ids, to=Binding(stream(case.id), case.area), by=by, at=at, entry_mode=mode_of(by))
    if others := [file.name for file in kept if file.media_type not in PICTURES]:
        told = f"{'、'.join(others)}不是照片。现场照片请用 JPG 或者 PNG 图片。"
        raise Invalid([FieldError("photos", told)])
    return {file.id: file.sm3 for file in kept}


def mode_of(by: Actor) -> EntryMode:
    """How this actor's facts come into the journal."""
    return EntryMode.SIMULATED if by.simulated else EntryMode.LIVE


def task_rows(case: Case, owed: Iterable[Task]) -> list[dict[str, Any]]:
    """Tasks as rows, with whom each was handed to."""
    rows = TASKS.dump_python(tuple(owed), mode="json")
    return [{**row, "clock": row["clock"] or "", "holder": case.holders.get(row["key"], "")} for row in rows]


def columns_of(standing: Standing, *, at: datetime, before: Case | None = None) -> dict[str, Any]:
    """The columns that screens need, as they are from now on. ``before``: the case as it was, None for a new one."""
    case, calendar = standing.case, standing.calendar
    end = min(standing.limits.values(), default=None)
    profile, on = profile_of(case, standing.item), local_date(at)
    late = begun_too_late(case, profile, before=before, calendar=calendar, on=on)
    return {
        "number": case.number,
        "item": case.item,
        "item_version": case.item_version,
        "item_name": case.item_name,
        "organ": case.organ,
        "organs": sorted(case.organs),
        "area": case.area,
        "applicant": case.applicant,
        "applicant_name": case.applicant_name,
        "agent": case.agent,
        "state": case.state,
        "outcome": case.outcome,
        "version": case.version,
        "received": case.received,
        "due": end.date if end else None,
        "provisional": bool(end and end.provisional),
        "closed": case.closed,
        "next_alarm_at": at if late else standing.next_alarm(at),
        "joint": case.joint,
        "public_until": public_until(case),
        "taken_over": case.agency_ended is not None,
    }
