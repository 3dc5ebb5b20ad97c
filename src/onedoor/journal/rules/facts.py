"""Facts as values: what goes into the journal and what comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from onedoor.kernel import sm
from onedoor.kernel.actor import Actor

Json: TypeAlias = bool | int | str | Sequence["Json"] | Mapping[str, "Json"] | None

PERSONAL: Final = "_personal"
"""The key of ``body`` under which the salted hashes of personal values stand; callers never write it."""

SALT_BYTES: Final = 16
LARGEST_INTEGER: Final = 2**53 - 1  # RFC 8785 numbers are IEEE 754 doubles
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
NAME = re.compile(r"[a-z][a-z0-9_.:-]*")


class EntryMode(StrEnum):
    """How a fact came into the journal (补录方式)."""

    LIVE = "live"  # 实时
    DECLARED_LATE = "declared_late"  # 事后补录
    OFFLINE_CAPTURE = "offline_capture"  # 离线采集
    IMPORT = "import"  # 导入
    SIMULATED = "simulated"  # 示例: refused in any instance that is not a demo


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact to append. ``kind`` is an event in the past tense, ``seq`` starts at 1 in each stream.

    ``body`` holds no personal value and no float; ``personal`` holds the values that may later be erased.
    ``occurred_at`` is what is claimed; the server notes its own time beside it.
    """

    stream: str
    seq: int
    kind: str
    occurred_at: datetime
    actor: Actor
    body: Mapping[str, Json]
    personal: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    entry_mode: EntryMode = EntryMode.LIVE
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One fact as it stands. ``personal`` lacks what was erased; ``hashes`` still names every value there was."""

    id: int
    stream: str
    seq: int
    kind: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str | None
    channel: str
    entry_mode: EntryMode
    body: Mapping[str, Json]
    personal: Mapping[str, str]
    hashes: Mapping[str, str]


def check(entry: Entry) -> None:
    """Raise ValueError where an entry could not be sealed: floats, huge integers, NUL, naive times, reserved keys."""
    if entry.seq < 1 or not entry.stream or not NAME.fullmatch(entry.kind):
        raise ValueError(f"journal entry without stream, positive seq or kind: {entry.stream!r} {entry.seq}")
    for text in (entry.stream, entry.actor.ref, entry.on_behalf_of or ""):
        _check_text(text)
    if entry.occurred_at.tzinfo is None:
        raise ValueError("occurred_at needs a time zone")
    if PERSONAL in entry.body:
        raise ValueError(f"{PERSONAL!r} is written by the journal itself")
    check_json(entry.body)
    check_json(entry.personal)


def check_json(value: Json) -> None:
    """Raise ValueError unless the value survives jsonb and RFC 8785 unchanged (no floats, no NUL, no surrogates)."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            _check_text(key)
            check_json(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            check_json(inner)
    elif not (value is None or isinstance(value, int)):
        raise ValueError(f"not a value for the journal: {type(value).__name__}")
    elif value is not None and abs(value) > LARGEST_INTEGER:
        raise ValueError(f"integer too large for the journal: {value}")


def _check_text(value: object) -> None:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("text in the journal may not hold NUL, keys must be text")
    value.encode()  # UnicodeEncodeError, a ValueError, for lone surrogates


def commitment(name: str, value: str, salt: bytes) -> str:
    """The salted hash that stays in the sealed row: HMAC-SM3 keyed by the salt over name and value, in hex."""
    return sm.sm3_hmac(salt, name.encode() + b"\0" + value.encode()).hex()
