"""The keys of cases, derived from the instance's personal key: for drafts, and for query passwords."""

from __future__ import annotations

from functools import lru_cache

from onedoor.journal.queries import personal_key
from onedoor.kernel import sm


def draft_key() -> bytes:
    """The SM4 key under which drafts rest."""
    return _derive(personal_key(), b"onedoor.cases.drafts")[: sm.SM4_KEY_BYTES]


def query_secret() -> bytes:
    """The key from which every case's query password is derived."""
    return _derive(personal_key(), b"onedoor.cases.passwords")


@lru_cache(maxsize=8)
def _derive(master: bytes, use: bytes) -> bytes:
    return sm.sm3_hmac(master, use)
