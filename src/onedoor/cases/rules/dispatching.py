"""系统分发: to whom a task goes by itself, and why, in plain values; where nobody can do it, who is told.

Who may act stays as posts and papers say: whoever it goes to does it first, nobody able is locked out. 回避 and the
hearing's presider are out; separate duties (受理、审查、决定) go to separate people where the office has them, and in a
small office to one with a visible flag.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onedoor.cases.rules import separating
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act
from onedoor.kernel.law import law


class Reason(StrEnum):
    """为什么分给这个人."""

    ONLY = "only"  # 今天能办这一步的只有这一位
    AGAIN = "again"  # 退回前就是这位办的
    LEAST = "least"  # 能办的人里手上的件最少
    TURN = "turn"  # 手上一样多，按工号轮到
    SEPARATE = "separate"  # 前面要同这一步分开的环节不是这位办的
    MERGED = "merged"  # 人手少，前面要分开的环节也是这位办的
    COVER = "cover"  # 替离岗的同事顶岗


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may do the task today. ``load``: tasks in their hands; ``covering``: for one who is away;
    ``above``: somebody whose post decides, to whom no review goes while a colleague is there.
    """

    ref: str
    name: str
    load: int
    covering: bool = False
    above: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose a task is now; ``of``: among how many it was chosen, ``load`` theirs before it."""

    ref: str
    name: str
    reasons: tuple[Reason, ...]
    of: int
    load: int


@dataclass(frozen=True, slots=True)
class Unowned:
    """Nobody may do it: whoever is told, the organ's leaders first, else those who oversee (督办)."""

    told: tuple[str, ...]


@law("行政许可法", 34)
def dispatch(
    case: Case, *, task: str, act: Act, able: Sequence[Candidate], superiors: Sequence[Collection[str]]
) -> Assignment | Unowned:
    """To whom this task goes. ``superiors``: who is told where nobody can, in the order in which they are asked."""
    free = [one for one in able if not separating.stands_aside(case, one.ref, act)]
    if not free:
        return Unowned(next((tuple(sorted(tier)) for tier in superiors if tier), ()))
    apart = separating.separate(case, [one.ref for one in free], act=act)
    separate = [one for one in free if one.ref in apart]
    choice = _before(case, task, separate or free) or min(separate or free, key=_order)
    reasons = [Reason.COVER] if choice.covering else []
    reasons += _why(case, task, choice, free=separate or free)
    if len(separate) < len(free):
        reasons.append(Reason.SEPARATE if separate else Reason.MERGED)
    return Assignment(choice.ref, choice.name, tuple(reasons), len(separate or free), choice.load)


def _order(one: Candidate) -> tuple[bool, bool, int, str]:
    return one.above, one.covering, one.load, one.ref


def _before(case: Case, task: str, among: Sequence[Candidate]) -> Candidate | None:
    """Whoever did this step before it was sent back."""
    ref = case.before.get(task)
    return next((one for one in among if one.ref == ref), None)


def _why(case: Case, task: str, choice: Candidate, *, free: Sequence[Candidate]) -> tuple[Reason, ...]:
    if len(free) == 1:
        return (Reason.ONLY,)
    if case.before.get(task) == choice.ref:
        return (Reason.AGAIN,)
    return (Reason.TURN if sum(one.load == choice.load for one in free) > 1 else Reason.LEAST,)
