"""How an act on a running case is done: the one place that locks, checks, decides, appends, folds and stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from onedoor.areas import queries as areas
from onedoor.cases.commands import holding, joint, store
from onedoor.cases.commands.wording import put_in_writing
from onedoor.cases.queries.changes import changes_since
from onedoor.cases.queries.separating import able_today
from onedoor.cases.rules import events as e
from onedoor.cases.rules.handover import closed_to
from onedoor.cases.rules.hearing import seat_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.separating import keep_apart, merged_step
from onedoor.cases.rules.settling import settled
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.telling import QUIET
from onedoor.cases.rules.values import Case
from onedoor.items import queries as items
from onedoor.items.rules.values import ItemVersion
from onedoor.journal import commands as journal
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.errors import Conflict, Forbidden, NotFound, OneDoorError

PLATFORM = system("platform")
DECISION: Final = "the decision"  # no key of a step: they are single words

SPOKEN: Final = (
    e.StepCompleted,
    e.LateOpinionGiven,
    e.RegisterChecked,
    e.PaymentLeftToOfficer,
    e.PaymentAsked,
    e.PaymentExempted,
    e.PaymentReceived,
)

Decide = Callable[[Case, Occasion], tuple[e.Event, ...]]


@dataclass(frozen=True, slots=True)
class Doing:
    """One act about to be done: who, when, on which version of the page, and which power it takes."""

    by: Actor
    at: datetime
    version: int | None
    powers: tuple[Act, ...]
    owner: str | None = None  # the task whose organ must act, or DECISION; None = any organ of the case
    whole: Case | None = None  # of a bundle: the case whose lead does this act on the case of a member
    seat: str = ""  # whoever is heard (申请人、利害关系人): then it is their own matter that is asked for

    def task(self, item: ItemVersion) -> str | None:
        """``owner`` as a key of this item: DECISION is the step at which it is decided."""
        if self.owner != DECISION:
            return self.owner
        return next((step.key for step in item.plan.steps if step.decides), None)


def act(number: str, doing: Doing, decide: Decide) -> Case:
    """Lock the row, ask whether this may happen, let the law's own acts go first, decide, append, fold, store.

    NotFound where the actor may not see the case, Forbidden where it may not do this act, Conflict where the page
    is stale, Refused or Invalid from the rule; then nothing changes.
    """
    held = holding.lock(number)
    if held is None:
        raise NotFound("没有这个办件编号。请核对后再试。")
    case = held.case
    item, calendar = items.version(case.item_version), areas.calendar(case.area)
    _permit(case, doing, item=item)
    if _overtaken(case, doing):
        raise Conflict
    now = Occasion(item, calendar, doing.at, doing.by)
    deemed = () if held.quiet(item, calendar, now.at) else settled(case, item, calendar=calendar, on=now.on)
    platform = replace(PLATFORM, simulated=doing.by.simulated)
    if deemed:
        deemed = put_in_writing(case, deemed, item=item, by=platform, at=doing.at)
        case = store.append(case, deemed, case_id=case.id, by=platform, at=doing.at)
    events = put_in_writing(case, _apart(case, now, decide(case, now)), item=item, by=doing.by, at=doing.at)
    if deemed or events:
        entries, case = store.entered(case, events, case_id=case.id, by=doing.by, at=doing.at)
        if item.members:
            journal.append(entries)
            entries, case = [], joint.open_members(case, item, by=platform, at=doing.at)
        change = holding.change(held, case, item, calendar=calendar, at=doing.at)
        holding.write(change, entries, _following(case, (*deemed, *events)))
    return case


def act_alone(number: str, doing: Doing, decide: Decide) -> Case:
    """``act`` as a transaction of its own, for a rule that writes nothing.

    The case is decided as it was stored last, and written in one statement that looks whether the row still is as it
    was then. Where it is not, and before anything is refused, the row is locked.
    """
    for held in () if connection.in_atomic_block else holding.as_stored(number):
        with suppress(OneDoorError):  # whatever is refused is refused by what the locked row says
            if done := _at_once(held, doing, decide):
                return done
    with transaction.atomic(durable=True):
        case = act(number, doing, decide)
    holding.committed(case)
    return case


def _at_once(held: holding.Held, doing: Doing, decide: Decide) -> Case | None:
    """The case after this act; None where the row must be looked at first, and nothing was done."""
    case = held.case
    item, calendar = items.version(case.item_version), areas.calendar(case.area)
    if item.members or doing.version not in {None, case.version}:
        return None
    _permit(case, doing, item=item)
    now = Occasion(item, calendar, doing.at, doing.by)
    if not held.quiet(item, calendar, now.at) and settled(case, item, calendar=calendar, on=now.on):
        return None
    events = put_in_writing(case, _apart(case, now, decide(case, now)), item=item, by=doing.by, at=doing.at)
    if not events:
        return None
    entries, case = store.entered(case, events, case_id=case.id, by=doing.by, at=doing.at)
    change = holding.change(held, case, item, calendar=calendar, at=doing.at)
    return case if holding.write_alone(change, entries, _following(case, events)) else None


def _apart(case: Case, now: Occasion, events: tuple[e.Event, ...]) -> tuple[e.Event, ...]:
    """These events; Refused where the item keeps duties apart and a colleague could do this one today.

    Nobody is looked up unless the item demands it and this person had another part in the case.
    """
    if step := merged_step(events, now.item):
        keep_apart(case, now.item, step, ref=now.by.ref, able=able_today(case, step, on=now.on))
    return events


def _following(case: Case, events: Sequence[e.Event]) -> list[holding.Job]:
    """What follows by itself: messages, the result, a member's end for its bundle. What is newly owed is looked for."""
    kinds = [event.kind for event in events if event.kind not in QUIET]
    jobs = [holding.Job("cases.after_act", {"case_id": case.id, "kinds": kinds})] if kinds else []
    if any(isinstance(event, e.Decided) for event in events):
        jobs.append(holding.Job("cases.make_result", {"case_id": case.id}))
    if case.joint and not case.open:
        jobs.append(holding.Job("cases.follow_members", {"number": case.joint}))
    return jobs


def _overtaken(case: Case, doing: Doing) -> bool:
    """Whether the case changed behind the version of the page, so that this act could contradict what was done.

    That a material was opened is no change; that another department gave its own opinion beside this one is none
    either: eight who speak at once need not wait for each other. Whoever decides must have seen every one of them.
    """
    if doing.version is None or doing.version == case.version:
        return False
    if doing.version > case.version:
        return True
    beside = doing.owner if doing.powers == (Act.REVIEW,) else None
    return any(not _speaks_beside(fact.event, beside) for fact in changes_since(case.id, doing.version))


def _speaks_beside(event: e.Event, step: str | None) -> bool:
    if isinstance(event, e.MemberSpoke | e.VisitManned | e.VisitSigned):
        return step is not None and event.member != step
    return step is not None and isinstance(event, SPOKEN) and event.step != step


def _permit(case: Case, doing: Doing, *, item: ItemVersion) -> None:
    target = seat_of(case, doing.seat) if doing.seat else target_of(case, doing.task(item))
    target = target_of(doing.whole) if doing.whole else target
    seen = doing.by.may(Act.VIEW, target if doing.seat else target_of(doing.whole or case))
    if not seen or closed_to(case, doing.by):
        raise NotFound("没有这个办件编号。请核对后再试。")
    if not any(doing.by.may(power, target) for power in doing.powers):
        raise Forbidden
