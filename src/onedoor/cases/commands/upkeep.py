"""What the platform itself does: deemed acts at their hour, results made, personal values erased."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from onedoor.areas import queries as areas
from onedoor.cases import models
from onedoor.cases.commands import joint, store
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.commands.holding import Held, lock, save
from onedoor.cases.commands.reminding import Crew, remind
from onedoor.cases.commands.wording import put_in_writing
from onedoor.cases.queries import facts
from onedoor.cases.queries.rows import case_of, whole
from onedoor.cases.rules import events as e
from onedoor.cases.rules.fold import replay
from onedoor.cases.rules.settling import settled
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.journal import commands as journal
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound, Refused
from onedoor.licences import queries as licences
from onedoor.vault import commands as vault

BATCH = 100


@transaction.atomic(durable=True)
def settle_due(*, at: datetime, by: Actor = PLATFORM) -> tuple[str, ...]:
    """One sweep: take the cases whose next legal moment has come, let the law act, tell the officers of what turned
    yellow or red, compute the next moment.
    """
    due = models.Case.objects.select_for_update(skip_locked=True).filter(next_alarm_at__lte=at)
    ids = list(due.order_by("next_alarm_at").values_list("pk", flat=True)[:BATCH])
    rows = whole(models.Case.objects.filter(pk__in=ids)).order_by("next_alarm_at")
    crew = Crew(local_date(at))
    return tuple(_settle(case_of(row), at, by=by, crew=crew) for row in rows)


def _settle(case: Case, at: datetime, *, by: Actor = PLATFORM, crew: Crew) -> str:
    held, item = Held(case, swept=True), items.version(case.item_version)
    calendar = areas.calendar(case.area)
    deemed = settled(case, item, calendar=calendar, on=local_date(at))
    if deemed:
        deemed = put_in_writing(case, deemed, item=item, by=by, at=at)
        case = store.append(case, deemed, case_id=case.id, by=by, at=at)
        app.configure_task("cases.after_act").defer(case_id=case.id, kinds=[event.kind for event in deemed])
        if any(isinstance(event, e.Decided) for event in deemed):
            app.configure_task("cases.make_result").defer(case_id=case.id)
        case = joint.open_members(case, item, by=by, at=at)
        if case.joint and not case.open:
            app.configure_task("cases.follow_members").defer(number=case.joint)
    save(held, case, item, calendar=calendar, at=at)
    remind(case, item, by=by, at=at, crew=crew)
    return case.number


@transaction.atomic(durable=True)
def erase(number: str, *, by: Actor, at: datetime, reason: str) -> Case:
    """删除个人信息: values and files go, the facts stay, and the row still equals the replay (个人信息保护法 §47).

    A licence is a record of its own, and keeps its face.
    """
    held = lock(number)
    if held is None:
        raise NotFound("没有这个办件编号。请核对后再试。")
    case = held.case
    if case.open:
        raise Refused("case_open", "办件还没有办结，不能删除个人信息。")
    journal.erase_within(store.stream(case.id), by=by, at=at, reason=reason)
    vault.erase(store.stream(case.id), by=by, at=at, reason=reason, sparing=licences.faces_of_case(number))
    erased = replay(facts(case.id))
    save(held, erased, items.version(erased.item_version), calendar=areas.calendar(erased.area), at=at)
    return erased
