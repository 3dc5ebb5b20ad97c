"""Writes of notices: send, deliver, read, replay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from onedoor.journal.commands import append
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Actor, system
from onedoor.kernel.errors import NotFound
from onedoor.notices import ports, queries
from onedoor.notices.models import Delivery, Notice
from onedoor.notices.rules import Channel, Message, Outcome, State, after, fill

QUEUE = "notices"
TASK = "notices.deliver"
POSTMAN = system("postman")
NOT_CONFIGURED = "未配置这个通道"
NO_ADDRESS = "没有登记联系方式"
ALL = (Channel.SMS, Channel.MAIL)


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about: "case:5305…" and the area code; both "" for none."""

    subject: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: to a party or account, of a template, with the words for its slots.

    In-site always; ``channels`` adds SMS or e-mail where the template and the instance have them.
    """

    to: str
    template: str
    values: Mapping[str, object]
    about: About = About()  # frozen
    channels: Sequence[Channel] = ()


def send(
    to: str,
    template: str,
    values: Mapping[str, object],
    *,
    at: datetime,
    about: About = About(),  # frozen
    channels: Sequence[Channel] = (),
) -> int:
    """Send one message, as ``Letter`` and ``send_all`` say; returns its id."""
    (id_,) = send_all([Letter(to, template, values, about, channels)], at=at)
    return id_


def send_all(letters: Sequence[Letter], *, at: datetime) -> tuple[int, ...]:
    """Send messages inside the caller's transaction, in one statement each: they go out if that commits.

    Returns their ids. Raises KeyError for an unknown template, ValueError for values that do not fit or that hold an
    identity number: defects of the caller, never of the person.
    """
    kinds, sign = queries.templates(), settings.SITE.get("sms_sign", "")
    messages = [fill(kinds[letter.template], letter.values, sign=sign) for letter in letters]
    with transaction.atomic(savepoint=False):
        sent = Notice.objects.bulk_create(
            Notice(
                to=letter.to, template=letter.template, title=message.title, body=message.body,
                subject=letter.about.subject, area=letter.about.area, sent_at=at,
            )
            for letter, message in zip(letters, messages, strict=True)
        )  # fmt: skip
        _queue([each for one in zip(sent, letters, messages, strict=True) for each in _deliveries(*one, at=at)])
    return tuple(notice.id for notice in sent)


def _deliveries(notice: Notice, letter: Letter, message: Message, *, at: datetime) -> list[Delivery]:
    texts = {Channel.SMS: message.sms, Channel.MAIL: message.body}
    wanted = [channel for channel in dict.fromkeys(letter.channels) if texts[channel]]
    return [_delivery(notice, channel, texts[channel], at=at) for channel in wanted]


def _delivery(notice: Notice, channel: Channel, text: str, *, at: datetime) -> Delivery:
    delivery = Delivery(notice=notice, channel=channel, text=text, due_at=at)
    if not queries.configured(channel):
        delivery.state, delivery.trouble, delivery.done_at = State.SKIPPED, NOT_CONFIGURED, at
    return delivery


def _queue(deliveries: Sequence[Delivery]) -> None:
    stored = Delivery.objects.bulk_create(deliveries)
    waiting: list[dict[str, JSONValue]] = [{"delivery": each.id} for each in stored if each.state == State.QUEUED]
    if waiting:
        app.configure_task(TASK, queue=QUEUE).batch_defer(*waiting)


def _enqueue(id: int, *, wait: int = 0) -> None:
    later = {"schedule_in": {"seconds": wait}} if wait else {}
    app.configure_task(TASK, queue=QUEUE, **later).defer(delivery=id)  # type: ignore[arg-type]


@transaction.atomic(durable=True)
def deliver(id: int, *, at: datetime) -> State | None:
    """One try to send one message; the row stays locked meanwhile, so that no second worker sends it too.

    Enqueues its own next try. A message that is not queued any more is left alone. None = no such message, or
    another worker has it. A worker killed between provider and commit sends again under the same key.
    """
    row = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("notice")
        .filter(id=id)
        .first()
    )
    if row is None or row.state != State.QUEUED:
        return State(row.state) if row else None
    outcome, note = _try(row, at)
    row.tries += 1
    attempt = after(outcome, tries=row.tries, backoff=settings.NOTICES["backoff"])
    row.state = attempt.state
    if outcome is Outcome.SENT:
        row.receipt, row.trouble = note[:120], ""
    else:
        row.trouble = note[:300]
    if attempt.wait is None:
        row.done_at = at
        _record(row, f"notice_{attempt.state}", by=POSTMAN, at=at)
    else:
        row.due_at = at + timedelta(seconds=attempt.wait)
        _enqueue(row.id, wait=attempt.wait)
    row.save()
    return attempt.state


def _try(row: Delivery, at: datetime) -> tuple[Outcome, str]:
    book = ports.book()
    if book is None:
        return Outcome.LATER, NOT_CONFIGURED
    try:
        return _by_sms(row, book, at) if row.channel == Channel.SMS else _by_mail(row, book, at)
    except ports.TryLater as trouble:
        return Outcome.LATER, str(trouble)
    except ports.Undeliverable as trouble:
        return Outcome.NEVER, str(trouble)


def _by_sms(row: Delivery, book: ports.AddressBook, at: datetime) -> tuple[Outcome, str]:
    provider, phone = ports.sms(), book.phone(row.notice.to, about=row.notice.subject, at=at)
    if not phone:
        return Outcome.NO_ADDRESS, NO_ADDRESS
    if provider is None:
        return Outcome.LATER, NOT_CONFIGURED
    return Outcome.SENT, provider.send(phone=phone, text=row.text, key=f"onedoor-{row.id}")


def _by_mail(row: Delivery, book: ports.AddressBook, at: datetime) -> tuple[Outcome, str]:
    provider, address = ports.mail(), book.mail(row.notice.to, about=row.notice.subject, at=at)
    if not address:
        return Outcome.NO_ADDRESS, NO_ADDRESS
    if provider is None:
        return Outcome.LATER, NOT_CONFIGURED
    title = row.notice.title
    return Outcome.SENT, provider.send(address=address, subject=title, text=row.text, key=f"onedoor-{row.id}")


@transaction.atomic
def mark_read(ids: Sequence[int], *, by: Actor, at: datetime) -> int:
    """Mark messages as read, once; returns how many were unread. Raises NotFound where one is not the actor's."""
    rows = list(queries.visible_to(by).filter(id__in=ids).select_for_update())
    if len(rows) != len(set(ids)):
        raise NotFound("没有找到这条消息。")
    unread = [row for row in rows if row.read_at is None]
    Notice.objects.filter(id__in=[row.id for row in unread]).update(read_at=at, read_by=by.ref)
    append(
        [
            Entry(stream=f"notice:{row.id}", seq=1, kind="notice_read", occurred_at=at, actor=by,
                  body={"template": row.template, "subject": row.subject}, on_behalf_of=row.to)
            for row in unread
        ]
    )  # fmt: skip
    return len(unread)


@transaction.atomic(durable=True)
def replay(ids: Sequence[int], *, by: Actor, at: datetime) -> tuple[int, ...]:
    """Try dead letters again from the first try; returns those that were dead. Raises Forbidden."""
    queries.require_manager(by)
    rows = Delivery.objects.filter(id__in=ids, state=State.DEAD).select_related("notice").order_by("id")
    replayed = []
    for row in rows.select_for_update(of=("self",)):
        row.state, row.tries, row.due_at, row.done_at = State.QUEUED, 0, at, None
        _record(row, "notice_replayed", by=by, at=at)
        row.save()
        _enqueue(row.id)
        replayed.append(row.id)
    return tuple(replayed)


@transaction.atomic(durable=True)
def requeue_lost(*, at: datetime, grace: timedelta) -> int:
    """Enqueue again what has been due for longer than ``grace`` without being tried (its job was lost)."""
    lost = Delivery.objects.filter(state=State.QUEUED, due_at__lt=at - grace).select_for_update(skip_locked=True)
    ids = [row.id for row in lost]
    Delivery.objects.filter(id__in=ids).update(due_at=at)
    for id in ids:
        _enqueue(id)
    return len(ids)


def _record(row: Delivery, kind: str, *, by: Actor, at: datetime) -> None:
    row.facts += 1
    body: dict[str, Json] = {
        "channel": row.channel,
        "template": row.notice.template,
        "subject": row.notice.subject,
        "tries": row.tries,
    }
    append([Entry(stream=f"delivery:{row.id}", seq=row.facts, kind=kind, occurred_at=at, actor=by, body=body)])
