"""What may be promised instead of handing in or waiting: 容缺受理, 告知承诺; and what is granted by rule, 秒批."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from onedoor.kernel.clock import Limit
from onedoor.kernel.expr import Expr


class Lapse(StrEnum):
    """What it means that a material that was promised for later does not come in time (容缺逾期的后果)."""

    OVERDUE = "overdue"  # 记录、告知，由审查人依法处理
    WITHDRAWN = "withdrawn"  # 视为撤回申请：只由本地规定设定


@dataclass(frozen=True, slots=True)
class Tolerance:
    """容缺受理. ``basis``: what allows it here; a lapse means 视为撤回 only by the local rule ``lapse_basis``."""

    basis: str = ""
    lapse: Lapse = Lapse.OVERDUE
    lapse_basis: str = ""

    @property
    def withdraws(self) -> bool:
        """Whether a lapse ends the application: never without the rule that says so."""
        return self.lapse is Lapse.WITHDRAWN and bool(self.lapse_basis)


@dataclass(frozen=True, slots=True)
class Promise:
    """告知承诺制; the applicant may always choose the normal way.

    ``when``: the answers that choose it for the whole permit (许可告知承诺), None where single proofs are replaced.
    ``check``: within what time after the decision it is checked; ``rectify``: how long 限期整改 gives.
    """

    offered: bool = False
    text: str = ""
    basis: str = ""
    when: Expr | None = None
    check: Limit | None = None
    rectify: Limit | None = None


NO_TOLERANCE: Final = Tolerance()
NO_PROMISE: Final = Promise()


@dataclass(frozen=True, slots=True)
class Instant:
    """秒批: where ``when`` holds over what was answered and what the registers say, the platform grants at once.

    Only in favour; whoever does not meet it goes to people. ``rule``: what ``when`` says, as the decision tells it.
    """

    when: Expr
    rule: str
    basis: str
