"""责任时间归集 in words: whose the working time of a case was, as citizens and as officers read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.cases.queries import attributed
from onedoor.cases.rules.attribution import RESULT, SUPPLEMENT, Party, in_units
from onedoor.cases.rules.tasks import ACCEPTANCE
from onedoor.kernel.clock import GROUND_NAMES, Ground, local_date
from onedoor.ui.cases import organ_name
from onedoor.ui.parts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.attribution import Attribution, Holder

WIDTH: Final = 720  # of the bar
TINTS: Final = 4  # organs have so many tints in turn
TO_APPLICANTS = {
    Party.APPLICANT: gettext_lazy("等您补正、缴费"),
    Party.SPECIAL: gettext_lazy("听证、检验等特别程序"),
    Party.INTERMEDIARY: gettext_lazy("中介机构"),
    Party.PLATFORM: gettext_lazy("平台自动核验、核定费用、制作结果"),
}
TO_OFFICERS = TO_APPLICANTS | {
    Party.APPLICANT: gettext_lazy("申请人"),
    Party.SPECIAL: gettext_lazy("特别程序"),
    Party.PLATFORM: gettext_lazy("平台"),
}
WORK = {
    ACCEPTANCE: gettext_lazy("受理"),
    SUPPLEMENT: gettext_lazy("补正材料"),
    RESULT: gettext_lazy("制作结果"),
}
ELSEWHERE = {
    Party.INTERMEDIARY: gettext_lazy("中介服务"),
    Party.UPPER: gettext_lazy("上级决定"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """For citizens: the whole time, whose it was, and how it is counted."""

    whole: str
    parts: tuple[Fact, ...]
    running: bool
    note: str


@dataclass(frozen=True, slots=True)
class Slice:
    """For officers: one holder's minutes, its share of the whole in percent, and its place in the bar."""

    who: str
    work: str
    minutes: int
    percent: int
    tint: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Shares:
    """For officers: every holder, the sum, and how it is counted."""

    slices: tuple[Slice, ...]
    minutes: int
    whole: str
    running: bool
    note: str
    width: int = WIDTH


def held(page: CasePage, *, at: datetime) -> Held | None:
    """Whose the time was, party by party, rounded so that the parts sum up; None while no working minute has passed."""
    found = attributed(page, at=at)
    if not found.minutes:
        return None
    shares = found.by_party()
    words = _amounts([share.minutes for share in shares], day=_day(page, at))
    told = tuple(Fact(_party(s.holder, page, citizens=True), word) for s, word in zip(shares, words[1:], strict=True))
    return Held(words[0], told, found.running, _note(page, at))


def shares(page: CasePage, *, at: datetime) -> Shares | None:
    """Every holder to the minute, with a bar; None while no working minute has passed."""
    found = attributed(page, at=at)
    if not found.minutes:
        return None
    percents = _percents(found)
    tints = _tints(found)
    slices, before = [], 0
    for share, percent in zip(found.shares, percents, strict=True):
        x, width = before * WIDTH / found.minutes, share.minutes * WIDTH / found.minutes
        who, work = _party(share.holder, page, citizens=False), _work(share.holder, page)
        slices.append(
            Slice(who, work, share.minutes, percent, tints[share.holder.organ or share.holder.party], x, width)
        )
        before += share.minutes
    whole = _amounts([found.minutes], day=_day(page, at))[0]
    return Shares(tuple(slices), found.minutes, whole, found.running, _note(page, at))


def _amounts(minutes: Sequence[int], *, day: int) -> list[str]:
    """The sum and each part in words of one unit: half days from two days on, hours from two hours on, or minutes."""
    whole = sum(minutes)
    unit = day // 2 if whole >= 2 * day else 60 if whole >= 120 else 1
    each = in_units(minutes, unit=unit)
    return [_amount(number, unit, day) for number in (sum(each), *each)]


def _amount(number: int, unit: int, day: int) -> str:
    if unit == 1:
        return _("%(n)s 分钟") % {"n": number}
    if unit == 60 and day != 120:
        return _("%(n)s 小时") % {"n": number} if number else _("不到 1 小时")
    days, half = divmod(number, 2)
    if not days:
        return _("半天") if half else _("不到半天")
    return _("%(n)s 天半") % {"n": days} if half else _("%(n)s 天") % {"n": days}


def _percents(found: Attribution) -> tuple[int, ...]:
    """Whole percents that sum up to a hundred."""
    scaled = [share.minutes * 100 for share in found.shares]
    return in_units(scaled, unit=found.minutes)


def _tints(found: Attribution) -> dict[str, str]:
    organs = dict.fromkeys(share.holder.organ for share in found.shares if share.holder.organ)
    parties = {party.value: f"held--{party}" for party in Party}
    return parties | {organ: f"held--organ-{n % TINTS}" for n, organ in enumerate(organs)}


def _party(holder: Holder, page: CasePage, *, citizens: bool) -> str:
    if holder.party is Party.ORGAN:
        return organ_name(page, holder.organ)
    if holder.party is Party.UPPER:
        return holder.organ
    return str((TO_APPLICANTS if citizens else TO_OFFICERS)[holder.party])


def _work(holder: Holder, page: CasePage) -> str:
    if holder.party is Party.SPECIAL:
        return GROUND_NAMES[Ground(holder.work)]
    if holder.party in ELSEWHERE:
        return str(ELSEWHERE[holder.party])
    steps = {step.key: step.name for step in page.item.plan.steps}
    return steps.get(holder.work) or str(WORK.get(holder.work, _("审查")))


def _day(page: CasePage, at: datetime) -> int:
    return areas.office(page.case.area).on(local_date(at)).minutes


def _note(page: CasePage, at: datetime) -> str:
    hours = areas.office(page.case.area).on(local_date(at))
    return _("只算工作日的办公时间，一天 %(hours)g 小时；依据：%(basis)s。") % {
        "hours": hours.minutes / 60,
        "basis": hours.basis,
    }
