"""草稿: save and resume. Encrypted, seen by its owner alone, gone when the application is handed in."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.queries.drafts import draft, seal
from onedoor.cases.rules.drafts import EMPTY, Content, Draft
from onedoor.items import queries as items
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Conflict, Forbidden


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
        sealed=seal(name, content), version=version + 1, updated=at
    )
    if not changed:
        raise Conflict("这份草稿已在另一台设备上修改。请刷新页面，接着最新的内容填写。")
    return replace(before, content=content, version=version + 1, updated=at)


@transaction.atomic(durable=True)
def discard_draft(name: str, *, by: Actor) -> None:
    """Throw a draft away; nothing of it is kept."""
    models.Draft.objects.filter(pk=name, owner=by.ref).delete()
