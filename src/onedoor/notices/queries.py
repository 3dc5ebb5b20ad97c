"""Reads of notices: everything starts from whose messages the actor may see."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import Count, Q, QuerySet

from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Forbidden
from onedoor.notices import ports
from onedoor.notices.models import Delivery, Notice
from onedoor.notices.rules import Channel, MessageTemplate, State, parse

MESSAGES = Path(__file__).parent / "data" / "messages.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxMessage:
    """One in-site message as its reader sees it. ``subject`` e.g. "case:5305…", "" where there is none."""

    id: int
    to: str
    template: str
    title: str
    body: str
    subject: str
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """One delivery that was given up, without its text and without an address."""

    id: int
    channel: str
    template: str
    subject: str
    tries: int
    trouble: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxState:
    """For the health page: which channels are configured, how many messages wait, failed, were skipped."""

    sms: bool
    mail: bool
    queued: int
    dead: int
    skipped: int
    oldest_due: datetime | None


@cache
def templates() -> Mapping[str, MessageTemplate]:
    """All message templates of this release."""
    return parse(tomllib.loads(MESSAGES.read_text("utf-8")))


def visible_to(by: Actor) -> QuerySet[Notice]:
    """The messages to the actor's own account and to the parties they may view for in everything.

    Whoever may look at one case only sees the messages of that case; a mandate for some items opens no messages.
    """
    whole = {held.party for held in by.represents if Act.VIEW in held.acts and held.items is None and not held.case}
    seen = Q(to__in=(whole | {by.ref}) - {"anonymous", ""})
    for held in by.represents:
        if held.case and Act.VIEW in held.acts:
            seen |= Q(to=held.party, subject=f"case:{held.case}")
    return Notice.objects.filter(seen)


def inbox(*, by: Actor, unread: bool = False, before: int | None = None, limit: int = 20) -> tuple[InboxMessage, ...]:
    """The newest messages first, at most ``limit``, older than the message ``before``."""
    rows = visible_to(by).order_by("-id")
    if unread:
        rows = rows.filter(read_at=None)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_message(row) for row in rows[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """That somebody was told something, without its text: which message, when it went, when it was read."""

    template: str
    sent_at: datetime
    read_at: datetime | None


def told_about(subject: str, *, to: str) -> tuple[Told, ...]:
    """What this party was told about a subject, the earliest first. For pages that have opened the subject."""
    rows = Notice.objects.filter(to=to, subject=subject).order_by("id").values("template", "sent_at", "read_at")
    return tuple(Told(**row) for row in rows)


def unread_count(*, by: Actor) -> int:
    """How many messages of ``inbox`` are unread."""
    return visible_to(by).filter(read_at=None).count()


def dead_letters(*, by: Actor, limit: int = 100) -> tuple[DeadLetter, ...]:
    """What was given up, newest first. Raises Forbidden for everyone but the system administrator."""
    require_manager(by)
    rows = Delivery.objects.filter(state=State.DEAD).select_related("notice").order_by("-id")[:limit]
    return tuple(
        DeadLetter(
            id=row.id,
            channel=row.channel,
            template=row.notice.template,
            subject=row.notice.subject,
            tries=row.tries,
            trouble=row.trouble,
            done_at=row.done_at,
        )
        for row in rows
    )


def outbox_state() -> OutboxState:
    """Counts only: no person and no case."""
    counts = dict(Delivery.objects.values_list("state").annotate(Count("id")))
    waiting = Delivery.objects.filter(state=State.QUEUED).order_by("due_at").values_list("due_at", flat=True)
    return OutboxState(
        sms=ports.sms() is not None,
        mail=ports.mail() is not None,
        queued=counts.get(State.QUEUED, 0),
        dead=counts.get(State.DEAD, 0),
        skipped=counts.get(State.SKIPPED, 0),
        oldest_due=waiting.first(),
    )


def configured(channel: Channel) -> bool:
    """Whether this instance can send by this channel at all."""
    provider = ports.sms() if channel is Channel.SMS else ports.mail()
    return provider is not None and ports.book() is not None


def require_manager(by: Actor) -> None:
    """Raise Forbidden unless ``by`` is a system administrator or the platform."""
    if not (by.has(Act.MANAGE_SYSTEM) or by.may(Act.MANAGE_SYSTEM, Target(frozenset(), ""))):
        raise Forbidden("只有系统管理员可以处理死信。")


def _message(row: Notice) -> InboxMessage:
    return InboxMessage(
        id=row.id,
        to=row.to,
        template=row.template,
        title=row.title,
        body=row.body,
        subject=row.subject,
        sent_at=row.sent_at,
        read_at=row.read_at,
    )
