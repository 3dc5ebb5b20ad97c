"""What a trial of an item finds: the paths that were walked, what they leave out, and each failure as a story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onedoor.kernel.tree import Path, place


class Trouble(StrEnum):
    """Why nobody, or somebody, does not get through."""

    NOBODY = "nobody"  # 没有人可以申请
    STUCK = "stuck"  # 填不下去
    UNREACHABLE = "unreachable"  # 没有人走得到
    ENDLESS = "endless"  # 审查没有走到决定
    TOO_LONG = "too_long"  # 环节放不进时限
    TOO_LATE = "too_late"  # 后补的材料晚于办结
    PAPER = "paper"  # 文书做不出来


@dataclass(frozen=True, slots=True)
class Failure:
    """One failing path: what is the matter, at which field, and what happens to whom, in words."""

    trouble: Trouble
    path: Path
    story: str

    @property
    def field(self) -> str:
        """The field as people write it: ``plan.steps[2].after``."""
        return place(self.path)


@dataclass(frozen=True, slots=True)
class Trial:
    """``complete``: every combination of the answers on which conditions hang was walked, else every pair of them.

    ``left_out``: what of it was not walked or cannot be decided, in words.
    """

    paths: int
    complete: bool
    left_out: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
