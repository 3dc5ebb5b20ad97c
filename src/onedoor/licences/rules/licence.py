"""电子证照 as values: what a licence says, and what its status is on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from onedoor.kernel import sm
from onedoor.kernel.codes import LicenceId, licence_id
from onedoor.kernel.law import law

TOKEN_CHARACTERS = 24
SEQUENCES = 1_000_000
DEFAULT_TYPE_SERIAL = "001"


class Status(StrEnum):
    """证照状态."""

    VALID = "valid"  # 有效
    NOT_YET = "not_yet"  # 尚未生效
    EXPIRED = "expired"  # 过期
    REVOKED = "revoked"  # 撤销
    CANCELLED = "cancelled"  # 注销
    REPLACED = "replaced"  # 已补发或者换发，本份作废


STATUS_NAMES = {
    Status.VALID: "有效",
    Status.NOT_YET: "尚未生效",
    Status.EXPIRED: "已过期",
    Status.REVOKED: "已撤销",
    Status.CANCELLED: "已注销",
    Status.REPLACED: "已换发新证，本份作废",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """One licence. ``valid_until`` None = 长期; ``ended`` holds 撤销, 注销 or 换发 once that was done.

    ``ended_on``: from which day on it is worth that; ``ended_by``: the number of the decision that ended it, or of the
    licence that took its place.
    """

    number: str
    identifier: str
    name: str
    case: str
    item: str
    holder: str
    holder_name: str
    issuer: str
    issuer_name: str
    issued: date
    valid_from: date
    valid_until: date | None
    token: str
    ended: Status | None = None
    ended_on: date | None = None
    ended_by: str = ""
    file: str | None = None

    def status(self, on: date) -> Status:
        """What the licence is worth on a day."""
        if self.ended and not (self.ended_on and on < self.ended_on):
            return self.ended
        if on < self.valid_from:
            return Status.NOT_YET
        return Status.EXPIRED if self.valid_until and on > self.valid_until else Status.VALID


def valid_until(start: date, months: int | None) -> date | None:
    """The last day of a validity of so many months: five years from 2026-03-17 end on 2031-03-16; None = 长期."""
    if months is None:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first_after = _clamped(year, month + 1, start.day)
    return first_after - timedelta(days=1)


def _clamped(year: int, month: int, day: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month, day) if day <= last else following


def licence_number(division6: str, issued: date, sequence: int) -> str:
    """证照编号: county, year, six digits of the instance's own sequence."""
    return f"{division6}{issued.year}{sequence % SEQUENCES:06d}"


@law("GB/T 36904-2018")
def identifier(*, type_code: str, issuer: str, number: str) -> str:
    """电子证照标识, version 1. A type nobody defined nationally is defined by its issuer."""
    code = type_code if len(type_code) == len(issuer) + len(DEFAULT_TYPE_SERIAL) else f"{issuer}{DEFAULT_TYPE_SERIAL}"
    return licence_id(LicenceId(type_code=code, organ=issuer, serial=number, version=1))


def token(number: str, secret: bytes) -> str:
    """The unguessable part of the verify address: derived, nothing is stored for it."""
    return sm.sm3_hmac(secret, f"verify:{number}".encode()).hex()[:TOKEN_CHARACTERS]
