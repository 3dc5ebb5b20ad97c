"""公示: put before the public, objections recorded and answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.queries.cases import facts
from onedoor.cases.rules import events as e
from onedoor.cases.rules import publicity
from onedoor.cases.rules.hearing_values import PUBLIC
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel


@transaction.atomic(durable=True)
def start_publicity(
    number: str, *, by: Actor, at: datetime, step: str, notice: str, version: int | None = None
) -> Case:
    """开始公示 on the public page, by whoever does that step."""
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    return act(number, doing, lambda c, now: publicity.start_publicity(c, now, step=step, notice=notice))


@transaction.atomic(durable=True)
def record_objection(
    number: str, *, by: Actor, at: datetime, step: str, who: str, objection: str, version: int | None = None
) -> Case:
    """记录异议 that came in the period."""
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    return act(
        number, doing, lambda c, now: publicity.record_objection(c, now, step=step, who=who, objection=objection)
    )


@transaction.atomic(durable=True)
def object_online(number: str, *, by: Actor, at: datetime, step: str, who: str, contact: str, objection: str) -> str:
    """提出异议 by anybody on the public page (``queries.objector``); the number of the receipt.

    Whoever started the 公示 is told. What was sent twice is one objection with one receipt. Each is counted before by
    ``charge_objection``.
    """
    new: list[str] = []
    before: list[str] = []

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        events = publicity.object_online(case, now, step=step, who=who, contact=contact, objection=objection)
        before.extend(publicity.said_before(events, [fact.event for fact in facts(case.id)]))
        new.extend(publicity.receipts(events))
        return () if before else events

    case = act(number, Doing(by, at, None, (Act.SUPPLEMENT,), seat=PUBLIC), decide)
    if before:
        return before[0]
    started = [f for f in facts(case.id) if isinstance(f.event, e.PublicityStarted) and f.event.step == step]
    about = notices.About(f"case:{number}", case.area)
    words = {"item": case.item_name, "case": number, "number": new[0]}
    notices.send(started[-1].actor, "objection_came", words, at=at, about=about)
    return new[0]


@transaction.atomic(durable=True)
def answer_objection(
    number: str, *, by: Actor, at: datetime, step: str, key: str, answer: str, version: int | None = None
) -> Case:
    """答复异议; without an answer to each the step is not completed. Whoever left a mobile number is told of it."""
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    case = act(number, doing, lambda c, now: publicity.answer_objection(c, now, step=step, key=key, answer=answer))
    asked = [f.event for f in facts(case.id) if isinstance(f.event, e.ObjectionRecorded) and f.event.key == key]
    if asked and asked[0].contact:
        about = notices.About(f"case:{number}", case.area)
        words = {"item": case.item_name, "case": number, "number": asked[0].receipt}
        to = f"objector:{number}:{key}"
        notices.send(to, "objection_answered", words, at=at, about=about, channels=(Channel.SMS,))
    return case
