"""草稿: save and resume. Encrypted, seen by its owner alone, gone when the application is handed in."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.queries.drafts import draft, draft_of, kept, seal
from onedoor.cases.rules.drafts import EMPTY, Content, Draft
from onedoor.documents.rules import chinese_date
from onedoor.items import queries as items
from onedoor.journal import commands as journal
from onedoor.journal.rules import Entry, Json
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, Forbidden, NotFound
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.vault import commands as vault

BATCH = 200


@transaction.atomic(durable=True)
def start_draft(item: str, *, by: Actor, at: datetime, applicant: str, content: Content = EMPTY) -> Draft:
    """Begin an application: the published version is pinned from here on; ``content`` is what is known already.

    Raises Forbidden where the actor may not apply for this applicant, and receives at no window.
    """
    version = items.published(item)
    target = Target(frozenset({version.organ}), version.area, applicant, version.code)
    if not (by.may(Act.SUBMIT, target) or by.has(Act.RECEIVE)):
        raise Forbidden("您不能替这位申请人填写申请。请先登录，或由申请人授权；也可以到窗口办理。")
    name = uuid.uuid4()
    models.Draft(
        id=name,
        owner=by.ref,
        applicant=applicant,
        item=version.code,
        item_version=version.id,
        item_name=version.name,
        sealed=seal(str(name), content),
        updated=at,
    ).save(force_insert=True)
    return draft(str(name), by=by)


@transaction.atomic(durable=True)
def save_draft(name: str, *, by: Actor, at: datetime, version: int, content: Content) -> Draft:
    """Save what was filled in so far; Conflict where another device saved in between."""
    before = draft(name, by=by)
    changed = models.Draft.objects.filter(pk=name, owner=by.ref, version=version).update(
        sealed=seal(name, content), version=version + 1, updated=at, ends=None
    )
    if not changed:
        raise Conflict("这份草稿已在另一台设备上修改。请刷新页面，接着最新的内容填写。")
    return replace(before, content=content, version=version + 1, updated=at, ends=None)


@transaction.atomic(durable=True)
def discard_draft(name: str, *, by: Actor) -> None:
    """Throw a draft away; nothing of it is kept."""
    models.Draft.objects.filter(pk=name, owner=by.ref).delete()


def forget_drafts(*, at: datetime) -> int:
    """Tell the owners of drafts that lie idle by when they go, and erase those whose last day is past; how many went.

    Nothing goes before its owner was told, and whoever saves again keeps it (个人信息保护法第十九条).
    """
    while _tell_of_idle(at=at):
        continue
    past = models.Draft.objects.filter(ends__lt=local_date(at))
    return sum(_erase(name, at=at) for name in past.values_list("pk", flat=True))


@transaction.atomic(durable=True)
def _tell_of_idle(*, at: datetime) -> int:
    rule = kept(local_date(at))
    idle = models.Draft.objects.select_for_update(skip_locked=True).filter(ends=None, updated__lt=at - rule.idle)
    told = list(idle.order_by("updated")[:BATCH])
    last = local_date(at) + rule.notice
    models.Draft.objects.filter(pk__in=[row.pk for row in told]).update(ends=last)
    for row in told:
        words = {"item": row.item_name, "due": chinese_date(last)}
        notices.send(row.owner, "draft_ending", words, at=at, channels=(Channel.SMS,))
    return len(told)


@transaction.atomic(durable=True)
def _erase(name: uuid.UUID, *, at: datetime) -> bool:
    row = models.Draft.objects.select_for_update().filter(pk=name, ends__lt=local_date(at)).first()
    if row is None:
        return False
    files = [file for held in draft_of(row).content.files.values() for file in held]
    for file in files:
        with contextlib.suppress(NotFound):
            vault.discard(file, by=PLATFORM, at=at)
    body: dict[str, Json] = {
        "owner": row.owner,
        "item": row.item,
        "saved_at": row.updated.isoformat(),
        "files": len(files),
    }
    fact = Entry(
        stream=f"draft:{name}",
        seq=1,
        kind="draft_erased",
        occurred_at=at,
        actor=PLATFORM,
        body=body,
        on_behalf_of=row.applicant,
    )
    journal.append([fact])
    row.delete()
    return True
