"""Legal clocks: limits, what is excluded from them and why. What remains is computed, never counted down.

A clock is a start, a limit and a ledger of dated exclusions. The day of the start is not counted (民法典第二百零一条).
An exclusion covers the days after its start up to the earlier of its result and its notified end; what overruns
the notified end counts again until a new reasoned notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar
from zoneinfo import ZoneInfo

from onedoor.kernel.law import Article, law
from onedoor.kernel.workdays import Calendar, Due, add_days, add_months, add_workdays, same_day

CHINA = ZoneInfo("Asia/Shanghai")


def local_date(at: datetime) -> date:
    """The calendar date in China: the day on which an act counts, Sunday 23:50 included (电子签名法 §11)."""
    return at.astimezone(CHINA).date()


class Unit(StrEnum):
    """时限单位."""

    WORKDAY = "workday"  # 工作日
    DAY = "day"  # 自然日
    MONTH = "month"  # 月


class StartEvent(StrEnum):
    """What sets a limit running (起算事件)."""

    RECEIVED = "received"  # 收到申请
    ACCEPTED = "accepted"  # 受理
    COMPLETE = "complete"  # 收到全部有效文件
    DECIDED = "decided"  # 作出决定


class Ground(StrEnum):
    """特别程序: the eight of 行政许可法 §45; 中止 and 征求意见 only where the item's own law subtracts them
    (取水许可和水资源费征收管理条例 §18(3), §19(3)). Nothing else stops a clock.
    """

    HEARING = "hearing"  # 听证
    TENDER = "tender"  # 招标
    AUCTION = "auction"  # 拍卖
    INSPECTION = "inspection"  # 检验
    TESTING = "testing"  # 检测
    QUARANTINE = "quarantine"  # 检疫
    APPRAISAL = "appraisal"  # 鉴定
    EXPERT_REVIEW = "expert_review"  # 专家评审
    CONSULTATION = "consultation"  # 征求意见
    SUSPENSION = "suspension"  # 中止


class Approver(StrEnum):
    """Who may approve an extension."""

    ORGAN_HEAD = "organ_head"  # 本机关负责人
    GOVERNMENT_LEADER = "government_leader"  # 本级人民政府负责人


class ProfileKind(StrEnum):
    """时限类型 of an item: only a permit has deemed acceptance by 行政许可法 and deemed renewal."""

    PERMIT = "permit"  # 行政许可
    CONFIRMATION = "confirmation"  # 行政确认
    BENEFIT = "benefit"  # 行政给付
    REGISTRATION = "registration"  # 登记
    SERVICE = "service"  # 公共服务
    OTHER = "other"  # 其他


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit has four fields: number, unit, start event, article. ``note`` names a basis that is no article."""

    number: int
    unit: Unit
    start: StartEvent
    article: Article | None = None
    note: str = ""

    def __str__(self) -> str:
        words = {Unit.WORKDAY: "个工作日", Unit.DAY: "日", Unit.MONTH: "个月"}
        return f"{self.number}{words[self.unit]}"

    @property
    def basis(self) -> str:
        """The article, or the words that stand for one."""
        return str(self.article) if self.article else self.note


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension (延长期限): how long, by whom, under which article."""

    number: int
    unit: Unit
    approver: Approver
    article: Article


@dataclass(frozen=True, slots=True)
class AllowedGround:
    """A special procedure that this item's law provides for; ``most`` working days where the law caps it."""

    ground: Ground
    article: Article
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """When a renewal may be asked for, and how long a deemed renewal lasts (行政许可法 §50).

    ``window``: the last day, so long before expiry; ``earliest``: the first day, None where the law names none.
    ``follows``: a renewal granted in time runs from the end of the old term, not from the day of the decision.
    """

    window: Limit
    term_months: int
    earliest: Limit | None = None
    follows: bool = False


@dataclass(frozen=True, slots=True)
class HearingLimits:
    """听证的期限 in working days (行政许可法 §§47, 48): how long it may be asked for, within which it is held, and how
    long before it time and place are told. ``must``: the article that demands one without anybody asking (§46).
    """

    ask: int
    hold: int
    notice: int
    article: Article
    must: Article | None = None


@dataclass(frozen=True, slots=True)
class ClockProfile:
    """All clocks of one item (时限配置)."""

    kind: ProfileKind
    acceptance: Limit | None
    legal: Limit | None
    promised: Limit
    silence_accepts: bool = False
    supplement_silence_accepts: bool = False
    extension: Extension | None = None
    grounds: tuple[AllowedGround, ...] = ()
    delivery: Limit | None = None
    renewal: Renewal | None = None
    hearing: HearingLimits | None = None

    def ground(self, ground: Ground) -> AllowedGround | None:
        """The item's own entry for a special procedure, if its law has one."""
        return next((allowed for allowed in self.grounds if allowed.ground is ground), None)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One special procedure of one case: the days after ``started`` up to ``until`` are not counted."""

    ground: Ground
    started: date
    notified_end: date
    ended: date | None = None
    article: Article | None = None

    @property
    def until(self) -> date:
        """The last excluded day: the earlier of the result and the notified end."""
        return min(self.ended, self.notified_end) if self.ended else self.notified_end

    @property
    def name(self) -> str:
        """What took these days, in words."""
        return GROUND_NAMES[self.ground]

    def covers(self, day: date) -> bool:
        """Whether this day is excluded."""
        return self.started < day <= self.until


@dataclass(frozen=True, slots=True)
class Absence:
    """A case was with another level, which has a limit of its own: the days after ``started`` up to ``until``."""

    started: date
    until: date
    article: Article | None = None
    name: ClassVar[str] = "上级审查"

    def covers(self, day: date) -> bool:
        """Whether this day is excluded."""
        return self.started < day <= self.until


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit set running on a day, with what was added (延期) and what is excluded (特别程序、上级审查)."""

    limit: Limit
    started: date
    added: int = 0
    exclusions: tuple[Exclusion | Absence, ...] = ()

    def excluded(self, day: date) -> Exclusion | Absence | None:
        """The exclusion that covers a day."""
        return next((e for e in self.exclusions if e.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the account of a clock: ``count`` is set where the day counts, ``why`` says why it does or not."""

    date: date
    count: int | None
    why: str
    provisional: bool


@law("行政许可法", 45, 82)
@lru_cache(maxsize=4096)  # of many steps side by side most share their clock
def due(clock: Clock, calendar: Calendar) -> Due:
    """The last day of the limit. Working days, or natural days that roll forward off a day off (民法典 §203)."""
    last, provisional = clock.started, calendar.is_provisional(clock.started)
    for day in account(clock, calendar):
        last, provisional = day.date, provisional or day.provisional
    return Due(last, provisional)


def account(clock: Clock, calendar: Calendar) -> Iterator[Day]:
    """Day by day from the day after the start to the due day: which days count, and why the others do not.

    Months are as many natural days as lie between the start and the same day of the month that ends them.
    """
    target, counted, day = _target(clock), 0, clock.started
    while counted < target:
        day += timedelta(days=1)
        why = _why_not(clock, day, calendar)
        counted += not why
        yield Day(day, None if why else counted, why or _made_up(day, calendar), calendar.is_provisional(day))
    while clock.limit.unit is not Unit.WORKDAY and not calendar.is_workday(day):
        day += timedelta(days=1)
        yield Day(day, None, "期限届满日为休息日，顺延", calendar.is_provisional(day))


@dataclass(frozen=True, slots=True)
class Interval:
    """Consecutive days of one clock that count, or that one exclusion takes out of it.

    ``days``: how many count, or would have counted without the exclusion, in the unit of the limit.
    """

    first: date
    last: date
    days: int
    exclusion: Exclusion | Absence | None = None


def intervals(clock: Clock, calendar: Calendar, *, until: date | None = None) -> tuple[Interval, ...]:
    """A clock as a ledger of dated intervals, up to its due day or ``until`` if that is earlier."""
    found: list[Interval] = []
    bare = replace(clock, exclusions=())
    for day in account(clock, calendar):
        if until and day.date > until:
            break
        stop = clock.excluded(day.date)
        counts = not _why_not(bare, day.date, calendar) if stop else day.count is not None
        if found and found[-1].exclusion == stop:
            found[-1] = replace(found[-1], last=day.date, days=found[-1].days + counts)
        else:
            found.append(Interval(day.date, day.date, int(counts), stop))
    return tuple(found)


def remaining(clock: Clock, on: date, calendar: Calendar) -> int:
    """Days of the clock's unit left after ``on``, 0 on the last day; negative when overdue, on a day off too.

    Months are counted in natural days.
    """
    end = due(clock, calendar).date
    if on <= end:
        return sum(1 for day in _span(on, end) if day > clock.started and not _why_not(clock, day, calendar))
    late = sum(1 for day in _span(end, on) if clock.limit.unit is not Unit.WORKDAY or calendar.is_workday(day))
    return -max(1, late)


def overdue(clock: Clock, on: date, calendar: Calendar) -> Iterator[Day]:
    """Day by day after the due day up to ``on``: the days by which the limit is exceeded; none while it runs.

    The last count is what ``remaining`` says, without its sign: day off or not, who is late is late by one.
    """
    end, late = due(clock, calendar).date, 0
    for day in _span(end, on):
        off = clock.limit.unit is Unit.WORKDAY and not calendar.is_workday(day)
        late += not off
        why = _why_not(replace(clock, exclusions=()), day, calendar) if off else "已超过期限"
        yield Day(day, None if off else late, why, calendar.is_provisional(day))


@law("行政许可法", 50)
def renewal_days(renewal: Renewal, expires: date, calendar: Calendar) -> tuple[date | None, date]:
    """The first (None = any) and the last day on which a renewal may be asked for, counted back from expiry.

    A day off does not move either of them: the window is the applicant's, it opens and closes as the law counts.
    """
    first = _before(renewal.earliest, expires, calendar) if renewal.earliest else None
    return first, _before(renewal.window, expires, calendar)


def _before(limit: Limit, day: date, calendar: Calendar) -> date:
    counting = {Unit.WORKDAY: add_workdays, Unit.DAY: add_days, Unit.MONTH: add_months}
    return counting[limit.unit](day, -limit.number, calendar).date


def _target(clock: Clock) -> int:
    number = clock.limit.number + clock.added
    if clock.limit.unit is not Unit.MONTH:
        return number
    return (same_day(clock.started, number) - clock.started).days


def _span(after: date, until: date) -> Iterator[date]:
    for offset in range(1, (until - after).days + 1):
        yield after + timedelta(days=offset)


def _made_up(day: date, calendar: Calendar) -> str:
    return "调休上班" if day.weekday() >= 5 and calendar.is_workday(day) else ""


def _why_not(clock: Clock, day: date, calendar: Calendar) -> str:
    exclusion = clock.excluded(day)
    if exclusion:
        return f"{exclusion.name}，依法不计入"
    if clock.limit.unit is Unit.WORKDAY and not calendar.is_workday(day):
        return "休息日" if day.weekday() >= 5 else "放假"
    return ""


OWN_LAW_ALONE = frozenset({Ground.SUSPENSION, Ground.CONSULTATION})
"""What 行政许可法 §45 does not name: an item's own article must."""

GROUND_NAMES = {
    Ground.HEARING: "听证",
    Ground.TENDER: "招标",
    Ground.AUCTION: "拍卖",
    Ground.INSPECTION: "检验",
    Ground.TESTING: "检测",
    Ground.QUARANTINE: "检疫",
    Ground.APPRAISAL: "鉴定",
    Ground.EXPERT_REVIEW: "专家评审",
    Ground.CONSULTATION: "征求意见",
    Ground.SUSPENSION: "中止",
}
