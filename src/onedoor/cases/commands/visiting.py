"""联合踏勘: called, manned and signed on the case of the whole; each signature does the step of its member's own case.

Signing is one transaction of one organ: its part of the record and its own step, or neither. Another organ's signature
is another transaction, so one that cannot sign yet keeps nobody else from it; the record is complete with the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from onedoor.cases.commands import store
from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries.members import cases_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules import lifecycle, visiting
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.cases.rules.visiting import Finding
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.law import law
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding


@dataclass(frozen=True, slots=True)
class VisitCall:
    """When and where a joint visit begins, and which members it is for."""

    meets: datetime
    place: str
    members: tuple[str, ...]


@transaction.atomic(durable=True)
def call_visit(number: str, call: VisitCall, *, by: Actor, at: datetime, version: int | None = None) -> Case:
    """约定联合踏勘, by the lead or the organ of any member; the applicant is told the time once, for all."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        needing = visiting.needing(case, cases_of(case))
        return visiting.call(case, now, meets=call.meets, place=call.place, members=call.members, needing=needing)

    return act(number, Doing(by, at, version, (Act.REVIEW,)), decide)


@transaction.atomic(durable=True)
def man_visit(
    number: str, *, by: Actor, at: datetime, member: str, officers: Sequence[str], version: int | None = None
) -> Case:
    """报联合踏勘人员, by the organ of the member: two or more (行政许可法 §34)."""
    doing = Doing(by, at, version, (Act.REVIEW,), member)
    return act(number, doing, lambda c, now: visiting.man(c, now, member=member, officers=officers))


@transaction.atomic(durable=True)
def leave_visit(number: str, *, by: Actor, at: datetime, member: str, reason: str, version: int | None = None) -> Case:
    """单独去: the organ of the member checks in its own case, and says why."""
    doing = Doing(by, at, version, (Act.REVIEW,), member)
    return act(number, doing, lambda c, now: visiting.leave(c, now, member=member, reason=reason))


@law("行政许可法", 34)
@transaction.atomic(durable=True)
def sign_visit(
    number: str,
    found: Finding,
    *,
    by: Actor,
    at: datetime,
    member: str,
    photos: Sequence[str] = (),
    version: int | None = None,
) -> Case:
    """签联合踏勘记录 and 办结现场核查 of the member's own case, both or neither. ``photos``: the officer's own uploads.

    Refused where the member's own case is not ready for it; the others sign all the same.
    """
    taken: dict[str, str] = {}

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        taken.update(store.bind_photos(photos, case, by=by, at=at))
        return visiting.sign(case, now, member=member, found=replace(found, photos=tuple(taken.items())))

    whole = act(number, Doing(by, at, version, (Act.REVIEW,), member), decide)
    _do_step(whole, member, replace(found, photos=tuple(taken.items())), by=by, at=at)
    return whole


def _do_step(whole: Case, member: str, found: Finding, *, by: Actor, at: datetime) -> None:
    """The check on site of the member's own case, with its own copies of the photos."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        step = visiting.ready_to_sign(case, now.item)
        place = Binding(store.stream(case.id), case.area)
        files = [file for file, _ in found.photos]
        copies = vault.copy(files, to=place, by=by, at=at, entry_mode=store.mode_of(by)) if files else ()
        return lifecycle.complete_step(
            case,
            now,
            step=step.key,
            verdict=found.verdict,
            opinion=found.finding,
            officers=whole.visit.signed[member].officers if whole.visit else (),
            photos={file.id: file.sm3 for file in copies},
        )

    act(whole.children[member].number, Doing(by, at, None, (Act.REVIEW,)), decide)
