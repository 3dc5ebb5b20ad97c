"""Reading drafts: only their owner, and for another only while the mandate lasts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from pydantic import TypeAdapter

from onedoor.cases import models
from onedoor.cases.queries.keys import draft_key
from onedoor.cases.rules.drafts import Content, Draft, Keeping, keeping
from onedoor.kernel import sm
from onedoor.kernel.actor import Act, Actor, Representation
from onedoor.kernel.errors import NotFound
from onedoor.vault import queries as vault
from onedoor.vault.rules import StoredFile

KEEPING: Final = Path(__file__).parents[1] / "data" / "drafts.toml"
_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def drafts_visible_to(by: Actor) -> QuerySet[models.Draft]:
    """The drafts that this actor may open now: one's own, for applicants whom one may apply for at this moment.

    A draft holds the applicant's data: with the mandate ends the sight of it (民法典第一百七十三条). Who receives at a
    window applies for whoever stands there.
    """
    mine = models.Draft.objects.filter(owner=by.ref)
    if by.has(Act.RECEIVE):
        return mine
    covered = Q(pk__in=[])
    for held in by.represents:
        if Act.SUBMIT in held.acts and held.case is None:
            covered |= _for(held)
    return mine.filter(covered)


def _for(held: Representation) -> Q:
    theirs = Q(applicant=held.party)
    return theirs if held.items is None else theirs & Q(item__in=sorted(held.items))


def draft(name: str, *, by: Actor) -> Draft:
    """One draft; NotFound for anybody else's, and for another's whom one may not apply for any more."""
    row = drafts_visible_to(by).filter(pk=name).first() if _is_uuid(name) else None
    if row is None:
        raise NotFound("没有这份草稿：可能已经提交，也可能太久没有填、到期删除了。要办的，请重新申请。")
    return draft_of(row)


def drafts(*, by: Actor) -> tuple[Draft, ...]:
    """The drafts that one may open, the latest first."""
    return tuple(draft_of(row) for row in drafts_visible_to(by).order_by("-updated")[:50])


def draft_file(name: str, file: str, *, by: Actor) -> tuple[StoredFile, BinaryIO]:
    """One file of a draft and its bytes; NotFound where the draft is not to be opened, or the file is not of it."""
    held = draft(name, by=by).content.files.values()
    if not any(file in ids for ids in held):
        raise NotFound(vault.MISSING)
    return vault.open_file(file, by=by)


def seal(name: str, content: Content) -> bytes:
    """Encrypt what a draft holds, tied to its id."""
    return sm.sm4_encrypt(draft_key(), _CONTENT.dump_json(content), associated=name.encode())


def draft_of(row: models.Draft) -> Draft:
    """A row as its value, opened with the key of drafts."""
    held = sm.sm4_decrypt(draft_key(), bytes(row.sealed), associated=str(row.pk).encode())
    return Draft(
        id=str(row.pk),
        item=row.item,
        item_version=row.item_version,
        item_name=row.item_name,
        applicant=row.applicant,
        content=_CONTENT.validate_json(held),
        version=row.version,
        updated=row.updated,
        ends=row.ends,
    )


def kept(on: date) -> Keeping:
    """How long drafts are kept, by the rule of that day."""
    return keeping(_rules(), on)


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(KEEPING.read_text("utf-8"))


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
