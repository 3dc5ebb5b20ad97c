"""应进未进 and 授权到位: items that should be in the hall and are not, organs that nobody can act for at the window."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from onedoor.orgs.rules.values import Authorisation

SOON: Final = timedelta(days=30)


class Reason(StrEnum):
    """Why an item is not in the hall, in the words of the page."""

    NOT_IN_HALL = "清单写明不进大厅"
    NO_PLACE = "没有办理地点"
    NO_SITE = "办理地点不是已启用的办事场所"
    NOBODY = "不进综合窗口，部门在窗口也没有人"


@dataclass(frozen=True, slots=True)
class OutOfHall:
    """One item with every reason why it is not in the hall."""

    code: str
    name: str
    organ: str
    organ_name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Authorised:
    """How far one organ is authorised at the window: its 首席代表, and until when a 授权书 in force lasts."""

    organ: str
    organ_name: str
    items: int
    chiefs: int
    until: date | None
    expiring: bool

    @property
    def lacking(self) -> str:
        """What is missing, in words; "" where all is well."""
        if not self.chiefs:
            return "没有首席代表"
        if self.until is None:
            return "首席代表没有有效的授权书"
        return f"授权书 {self.until.isoformat()} 到期" if self.expiring else ""


def out_of_hall(
    *, in_hall: bool, staffed: bool, sites: Collection[str], open_sites: Collection[str]
) -> tuple[Reason, ...]:
    """Why an item is not in the hall; () where it is.

    ``in_hall``: its list says so; ``staffed``: the comprehensive window stands for its organ, or window staff or a
    首席代表 are there today; ``sites``: names of its places; ``open_sites``: those open today (``same_site``).
    """
    found = []
    if not in_hall:
        found.append(Reason.NOT_IN_HALL)
    if not sites:
        found.append(Reason.NO_PLACE)
    elif not any(same_site(name) in open_sites for name in sites):
        found.append(Reason.NO_SITE)
    if not staffed:
        found.append(Reason.NOBODY)
    return tuple(found)


def same_site(name: str) -> str:
    """便民服务中心 and 为民服务中心 are two names of one kind of place: lists of items and of places differ in them."""
    return name.strip().replace("便民服务", "为民服务")


def standing(papers: Iterable[Authorisation], *, chiefs: Iterable[int], on: date) -> tuple[date | None, bool]:
    """Until when the last 授权书 in force of a present 首席代表 lasts, and whether that is within thirty days."""
    held = set(chiefs)
    ends = [p.period.last for p in papers if p.staff in held and p.period.last and p.period.holds(on)]
    last = max(ends, default=None)
    return last, last is not None and last - on <= SOON
