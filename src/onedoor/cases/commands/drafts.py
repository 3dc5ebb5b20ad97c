"""草稿: save and resume. Encrypted, seen by its owner alone, gone when the application is handed in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from onedoor.cases import models
from onedoor.cases.queries.drafts import draft, seal
from onedoor.cases.rules.drafts import Draft
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import Conflict
from onedoor.vault import queries as vault


@transaction.atomic(durable=True)
def start_draft(item: str, *, by: Actor, at: datetime, applicant: str, answers: Mapping[str, object]) -> Draft:
    """Begin an application: the published version is pinned from here on; ``answers`` are what is known already."""
    version = items.published(item)
    name = uuid.uuid4()
    models.Draft(
        id=name,
        owner=by.ref,
        applicant=applicant,
        item=version.code,
        item_version=version.id,
        item_name=version.name,
        sealed=seal(str(name), answers, {}),
        updated=at,
    ).save(force_insert=True)
    return draft(str(name), by=by)


@transaction.atomic(durable=True)
def save_draft(
    name: str,
    *,
    by: Actor,
    at: datetime,
    version: int,
    answers: Mapping[str, object] | None = None,
    files: Mapping[str, Sequence[int]] | None = None,
) -> Draft:
    """Save what was filled in so far; Conflict where another device saved in between."""
    before = draft(name, by=by)
    if files is not None:
        vault.require_owned([file for held in files.values() for file in held], owner=by.ref)
    kept = answers if answers is not None else before.answers
    held = {key: tuple(ids) for key, ids in (files if files is not None else before.files).items()}
    changed = models.Draft.objects.filter(pk=name, owner=by.ref, version=version).update(
        sealed=seal(name, kept, held), version=version + 1, updated=at
    )
    if not changed:
        raise Conflict("这份草稿已在另一台设备上修改。请刷新页面，接着最新的内容填写。")
    return draft(name, by=by)


@transaction.atomic(durable=True)
def discard_draft(name: str, *, by: Actor) -> None:
    """Throw a draft away; nothing of it is kept."""
    models.Draft.objects.filter(pk=name, owner=by.ref).delete()
