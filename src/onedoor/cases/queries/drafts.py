"""Reading drafts: only their owner."""

from __future__ import annotations

from uuid import UUID

from pydantic import TypeAdapter

from onedoor.cases import models
from onedoor.cases.queries.keys import draft_key
from onedoor.cases.rules.drafts import Content, Draft
from onedoor.kernel import sm
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import NotFound

_CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def draft(name: str, *, by: Actor) -> Draft:
    """One draft of one's own; NotFound for anybody else's."""
    row = models.Draft.objects.filter(pk=name, owner=by.ref).first() if _is_uuid(name) else None
    if row is None:
        raise NotFound("没有这份草稿，或已经提交。")
    return _value(row)


def drafts(*, by: Actor) -> tuple[Draft, ...]:
    """One's own drafts, the latest first."""
    return tuple(_value(row) for row in models.Draft.objects.filter(owner=by.ref).order_by("-updated")[:50])


def seal(name: str, content: Content) -> bytes:
    """Encrypt what a draft holds, tied to its id."""
    return sm.sm4_encrypt(draft_key(), _CONTENT.dump_json(content), associated=name.encode())


def _value(row: models.Draft) -> Draft:
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
    )


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
