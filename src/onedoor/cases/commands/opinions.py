"""意见模板: saved by whoever uses them; for a whole organ by whoever decides there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.store import mode_of
from onedoor.cases.queries.opinions import Words, led_by
from onedoor.cases.rules.demands import LONGEST_TEXT
from onedoor.cases.rules.docket import check_name
from onedoor.journal import commands as journal
from onedoor.journal import queries as facts
from onedoor.journal.rules import Entry
from onedoor.kernel.actor import Act, Actor, ActorKind
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused

MOST = 50
FOR_ACTS = frozenset({Act.REVIEW, Act.DECIDE, Act.NOTIFY, Act.REFUSE})


@transaction.atomic(durable=True)
def save_opinion(words: Words, *, by: Actor, at: datetime) -> None:
    """Keep words under a name; the same name for the same act and item is overwritten.

    Own words need no power; an organ's need 决定 there, and that they were set is journalled, as all its officers
    will use them. Raises Invalid for a bad name, act or text, Forbidden, Refused where there are too many.
    """
    if by.kind is not ActorKind.STAFF or (words.organ and words.organ not in led_by(by)):
        raise Forbidden("全机关通用的模板由本机关有决定权的负责人设置。您可以存为自己的模板。")
    name, text = check_name(words.name), words.text.strip()
    if words.act not in FOR_ACTS:
        raise Invalid([FieldError("act", "请选择用在哪个环节。")])
    if not 0 < len(text) <= LONGEST_TEXT or "\0" in text:
        raise Invalid([FieldError("text", f"请写 {LONGEST_TEXT} 字以内的模板正文。")])
    place = {"owner": "" if words.organ else by.ref, "organ": words.organ}
    if models.Opinion.objects.filter(**place).exclude(name=name).count() >= MOST:
        raise Refused("too_many_opinions", f"最多保存 {MOST} 条模板，请先删掉不用的。")
    row, _ = models.Opinion.objects.update_or_create(
        defaults={"text": text}, owner=place["owner"], organ=place["organ"], act=words.act, item=words.item, name=name
    )
    _note(row, "opinion_saved", by=by, at=at)


@transaction.atomic(durable=True)
def drop_opinion(id: int, *, by: Actor, at: datetime) -> None:
    """Delete words of one's own, or of an organ where one decides. NotFound otherwise."""
    row = models.Opinion.objects.filter(pk=id).first()
    if row is None or (row.owner != by.ref and row.organ not in led_by(by)):
        raise NotFound("没有这条模板，或不是您的。")
    _note(row, "opinion_dropped", by=by, at=at)
    row.delete()


def _note(row: models.Opinion, kind: str, *, by: Actor, at: datetime) -> None:
    if not row.organ:
        return
    body = {"organ": row.organ, "act": row.act, "item": row.item, "name": row.name, "text": row.text}
    stream = f"opinion:{row.pk}"
    journal.append(
        [
            Entry(
                stream=stream,
                seq=len(facts.stream(stream)) + 1,
                kind=kind,
                occurred_at=at,
                actor=by,
                body=body,
                entry_mode=mode_of(by),
            )
        ]
    )
