"""How far an account is: what its holder can do with it now, in one word."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from onedoor.kernel.errors import FieldError

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")


class Standing(StrEnum):
    """账号状态."""

    INVITED = "invited"
    WEAK = "weak"
    USED = "used"
    LOCKED = "locked"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "invited": "等本人设密码",
            "weak": "等本人登记动态口令",
            "used": "在用",
            "locked": "暂停登录",
            "suspended": "已停用",
        }[self.value]


def standing(*, active: bool, password: bool, factors: Collection[str], locked: bool) -> Standing:
    """What stops the holder first: 停用, then no password, then the lock after failed attempts, then no second
    factor (GB/T 22239-2019 §8.1.4.1).
    """
    if not active:
        return Standing.SUSPENDED
    if not password:
        return Standing.INVITED
    if locked:
        return Standing.LOCKED
    return Standing.USED if factors else Standing.WEAK


def check_username(username: str) -> tuple[FieldError, ...]:
    """What is wrong with the user name of an invited account; capitals count as small letters."""
    if _USERNAME.fullmatch(username.strip().lower()):
        return ()
    return (FieldError("username", "用户名为 3 至 32 位小写字母、数字、点、下划线或短横线，以字母或数字开头。"),)
