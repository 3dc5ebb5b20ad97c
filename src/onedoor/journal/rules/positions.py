"""How far a reader has come in the one order in which facts are read: (epoch, xid, id)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from onedoor.kernel.errors import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Position:
    """Everything up to here is done. ``epoch`` is the cluster in whose transaction ids ``xid`` counts."""

    epoch: int
    xid: int
    id: int

    def token(self) -> str:
        """The position as an opaque word for other systems."""
        text = f"{self.epoch}.{self.xid}.{self.id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


START: Final = Position(0, 0, 0)


def from_token(token: str) -> Position:
    """The position behind a word given out earlier, "" for the start; Invalid for anything else."""
    if not token:
        return START
    try:
        text = base64.urlsafe_b64decode(token.encode() + b"=" * (-len(token) % 4)).decode("ascii")
        epoch, xid, entry = (int(part) for part in text.split("."))
    except (ValueError, binascii.Error) as error:
        raise Invalid([FieldError("cursor", "游标无效：请原样传回上一次返回的游标，或不传以从头读取。")]) from error
    if not all(0 <= number < 2**63 for number in (epoch, xid, entry)):
        raise Invalid([FieldError("cursor", "游标无效：请原样传回上一次返回的游标，或不传以从头读取。")])
    return Position(epoch, xid, entry)
