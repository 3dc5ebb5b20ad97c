"""公示: put before the public, objections recorded and answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases.commands.acting import Doing, act
from onedoor.cases.rules import publicity
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor


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
def answer_objection(
    number: str, *, by: Actor, at: datetime, step: str, key: str, answer: str, version: int | None = None
) -> Case:
    """答复异议; without an answer to each the step is not completed."""
    doing = Doing(by, at, version, (Act.REVIEW,), step)
    return act(number, doing, lambda c, now: publicity.answer_objection(c, now, step=step, key=key, answer=answer))
