"""What a bundle gives a member: an answer of its own, or what came of another member (共享中间结果)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Gives(StrEnum):
    """What of a result goes into another member's form."""

    NUMBER = "number"  # 证照编号；没有证照的，决定书文号
    ISSUED = "issued"  # 发证日期；没有证照的，决定日期
    HOLDER = "holder"  # 持证人


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a bundle answers for the applicant: a situation or question of a member, and its value."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class Taken:
    """共享中间结果: a material of a member that is the result of another (``of``); nobody uploads it."""

    material: str
    of: str


@dataclass(frozen=True, slots=True)
class Filled:
    """共享中间结果: a question of a member whose answer is the number, day or holder of another's result (``of``)."""

    fact: str
    of: str
    gives: Gives = Gives.NUMBER
