"""The acts on a question. ``_act`` is the one place that locks, checks, decides, appends, folds and stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction

from onedoor.areas import queries as areas
from onedoor.documents.rules import chinese_date
from onedoor.hotline import models
from onedoor.hotline.commands.store import append, update
from onedoor.hotline.queries.keys import unseal
from onedoor.hotline.queries.questions import UNKNOWN, Powers, idle_numbers, powers, visible_to
from onedoor.hotline.queries.service import service
from onedoor.hotline.rules import Occasion, Question, acts
from onedoor.hotline.rules import events as e
from onedoor.kernel.actor import Actor, system
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.orgs import queries as orgs

PLATFORM: Final = system("hotline")
Decide = Callable[[Question, Occasion], tuple[e.Event, ...]]
May = Callable[[Powers], bool]


def _act(number: str, decide: Decide, *, may: May, by: Actor, at: datetime, version: int | None) -> Question:
    row = models.Question.objects.select_for_update().filter(number=number).first()
    if row is None or not visible_to(by).filter(pk=row.pk).exists():
        raise NotFound(UNKNOWN)
    question = unseal(row.sealed, row.number)
    if not may(powers(question, by=by)):
        raise Forbidden
    if version is not None and version != row.version:
        raise Conflict
    now = Occasion(service(), areas.calendar(question.area), at, by)
    question = append(question, decide(question, now), id=question.id, by=by, at=at)
    update(question)
    return question


def tell(question: Question, template: str, *, at: datetime, **words: str) -> None:
    """One message to the asker, in the site and by SMS."""
    values = {"number": question.number, "about": question.item_name or "您的问题", **words}
    about = notices.About(f"question:{question.number}", question.area)
    notices.send(question.asker, template, values, at=at, about=about, channels=(Channel.SMS,))


@transaction.atomic(durable=True)
def dispatch(
    number: str,
    *,
    by: Actor,
    at: datetime,
    organ: str,
    reason: str = "",
    final: bool = False,
    version: int | None = None,
) -> Question:
    """派单, or with ``final`` 裁定: by the dispatching desk, to an organ that is in force."""
    known = {each.code for each in orgs.organs(local_date(at))}
    if organ not in known:
        raise Invalid([FieldError("organ", "请选择由哪个机关答复。")])

    def decide(question: Question, now: Occasion) -> tuple[e.Event, ...]:
        return acts.dispatch(question, now, organ=organ, final=final, reason=reason)

    return _act(number, decide, may=lambda able: able.dispatch, by=by, at=at, version=version)


@transaction.atomic(durable=True)
def give_back(number: str, *, by: Actor, at: datetime, reason: str, version: int | None = None) -> Question:
    """退单, with the reason, within the hours that the county's rule gives."""
    return _act(
        number,
        lambda q, now: acts.give_back(q, now, reason=reason),
        may=lambda able: able.answer,
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic(durable=True)
def answer(number: str, *, by: Actor, at: datetime, text: str, version: int | None = None) -> Question:
    """答复, by an officer of the organ; the asker is told. Where a leader checks first, it waits for that."""
    question = _act(
        number,
        lambda q, now: acts.answer(q, now, text=text),
        may=lambda able: able.answer,
        by=by,
        at=at,
        version=version,
    )
    return _answered(question, at)


@transaction.atomic(durable=True)
def check_answer(number: str, *, by: Actor, at: datetime, version: int | None = None) -> Question:
    """审核通过: the answer goes out."""
    question = _act(number, acts.check_answer, may=lambda able: able.check, by=by, at=at, version=version)
    return _answered(question, at)


@transaction.atomic(durable=True)
def send_answer_back(number: str, *, by: Actor, at: datetime, reason: str, version: int | None = None) -> Question:
    """审核不通过, with what must be changed."""
    return _act(
        number,
        lambda q, now: acts.send_answer_back(q, now, reason=reason),
        may=lambda able: able.check,
        by=by,
        at=at,
        version=version,
    )


@transaction.atomic(durable=True)
def ask_back(number: str, *, by: Actor, at: datetime, text: str) -> Question:
    """追问, by the asker."""
    return _act(
        number,
        lambda q, now: acts.ask_back(q, now, text=text),
        may=lambda able: able.ask,
        by=by,
        at=at,
        version=None,
    )


@transaction.atomic(durable=True)
def rate_answer(number: str, *, by: Actor, at: datetime, level: int, comment: str = "") -> Question:
    """评价, by the asker alone."""
    return _act(
        number,
        lambda q, now: acts.rate_answer(q, now, level=level, comment=comment),
        may=lambda able: able.ask,
        by=by,
        at=at,
        version=None,
    )


@transaction.atomic(durable=True)
def publish_answer(
    number: str, *, by: Actor, at: datetime, asked: str, answered: str, version: int | None = None
) -> Question:
    """公开为问答, in the words of the officer; Invalid where personal data stands in them."""

    def decide(question: Question, now: Occasion) -> tuple[e.Event, ...]:
        acts.publish_answer(question, now, entry=0, asked=asked, answered=answered)  # refused before it has an id
        row = models.Entry.objects.create(
            question_id=question.id,
            item=question.item,
            item_name=question.item_name,
            organ=question.organ,
            area=question.area,
            asked=asked.strip(),
            answered=answered.strip(),
            published_at=at,
        )
        return acts.publish_answer(question, now, entry=row.pk, asked=asked, answered=answered)

    return _act(number, decide, may=lambda able: able.answer, by=by, at=at, version=version)


@transaction.atomic(durable=True)
def withdraw_publication(number: str, *, by: Actor, at: datetime, reason: str, version: int | None = None) -> Question:
    """撤下公开的问答."""

    def decide(question: Question, now: Occasion) -> tuple[e.Event, ...]:
        events = acts.withdraw_publication(question, now, reason=reason)
        models.Entry.objects.filter(pk=question.published or 0).update(withdrawn_at=at)
        return events

    return _act(number, decide, may=lambda able: able.answer, by=by, at=at, version=version)


@transaction.atomic(durable=True)
def settle_idle(number: str, *, at: datetime, by: Actor = PLATFORM) -> Question:
    """问问还有没有问题, then 按问完处理: by the platform, each on its day; the asker is told."""
    events: list[e.Event] = []

    def decide(question: Question, now: Occasion) -> tuple[e.Event, ...]:
        events.extend(acts.settle_idle(question, now.service.closing_rule(now.on), now.on))
        return tuple(events)

    question = _act(number, decide, may=lambda _: True, by=by, at=at, version=None)
    for event in events:
        closes = {"due": chinese_date(event.closes)} if isinstance(event, e.FollowUpAsked) else {}
        tell(question, event.kind, at=at, **closes)
    return question


def settle_all_idle(*, at: datetime) -> None:
    """Each question whose day has come, by itself."""
    for number in idle_numbers(local_date(at)):
        settle_idle(number, at=at)


def _answered(question: Question, at: datetime) -> Question:
    if not question.open:
        tell(question, "question_answered", at=at)
    return question
