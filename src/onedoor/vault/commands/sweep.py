"""Bytes that nothing refers to any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from onedoor.vault import ports
from onedoor.vault.commands.keep import lock
from onedoor.vault.models import Blob


@dataclass(frozen=True, slots=True)
class Swept:
    """How many contents were looked at and how many removed."""

    seen: int
    removed: int


def sweep(*, at: datetime, grace: timedelta) -> Swept:
    """Remove bytes without any file that nobody touched for ``grace``: rolled-back uploads, discarded drafts.

    A store() of the same content at the same moment holds the content's lock and is not disturbed.
    """
    seen = removed = 0
    for key, touched in ports.blobs().held():
        seen += 1
        if touched < at - grace:
            removed += _remove(key)
    return Swept(seen, removed)


@transaction.atomic
def _remove(key: str) -> bool:
    if _is_digest(key):
        if not lock(key, shared=False) or Blob.objects.filter(sm3=key, files__isnull=False).exists():
            return False
        Blob.objects.filter(sm3=key).delete()
    ports.blobs().delete(key)
    return True


def _is_digest(key: str) -> bool:
    return len(key) == 64 and set(key) <= set("0123456789abcdef")
