"""Figures as tables: one shape for the page, its print, and the files that leave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import Outcome, State
from onedoor.desk.inbox.rows import listed_name
from onedoor.desk.relay.rows import STAGES
from onedoor.supervision.rules import ACTS, CASES, FAULTS, MEASURE_NAMES, PERIOD_NAMES, Figures, Measure, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onedoor.orgs.rules import Post
    from onedoor.relay.queries import Late
    from onedoor.supervision.queries import Behind
    from onedoor.supervision.rules import Adoption, Authorised, OutOfHall

NOTHING: Final = "—"
NONE: Final = Figures("", {})
ALL_ACTS: Final = "acts"  # every way in which an act came into the journal


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the words on the page, the plain value in a file, and where its cases are listed."""

    text: str
    value: str | int | float | None
    href: str = ""
    number: bool = False
    tone: str = ""

    @property
    def shown(self) -> str:
        """The words on the page, leading to their cases where there are any."""
        if not self.href:
            return self.text
        tone = format_html(' class="{}"', self.tone) if self.tone else ""
        return format_html('<a href="{}"{}>{}</a>', self.href, tone, self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``rows`` begin with their row header; ``total`` stands above them on the page and below in a file.

    ``groups``: what stands over the heads after the first, and over how many. ``empty``: what is said without rows.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    numbers: bool = True
    groups: tuple[tuple[str, int], ...] = ()
    empty: tuple[str, str] = ("", "")

    @property
    def columns(self) -> tuple[str, ...]:
        """The heads as they stand in a file, each with what stands over it."""
        over = ["", *(f"{name} " for name, width in self.groups for _column in range(width))]
        return tuple(map("".join, zip(over, self.heads, strict=True))) if self.groups else self.heads


def words(text: str) -> Cell:
    """A cell of words."""
    return Cell(text or NOTHING, text)


def share(value: float | None, href: str = "") -> Cell:
    """A share in per cent, one digit after the point; — over an empty denominator."""
    return Cell(NOTHING if value is None else f"{value:.1%}", value, href, number=True)


def figures_table(spans: Mapping[Period, Sequence[Figures]], names: Mapping[str, str]) -> Table:
    """收件、受理、办结、超期、退回 by organ and period, each number leading to its cases; shares for the last period.

    The organ with most delays comes first; organs that did nothing are left out.
    """
    found = {period: {each.organ: each for each in all_} for period, all_ in spans.items()}
    last = next(reversed(found))
    shown = sorted(found[last].values(), key=lambda f: (-f[Measure.LATE], -f[Measure.RECEIVED]))
    rows = tuple(
        _figures_row(names.get(each.organ, each.organ), {p: of.get(each.organ, NONE) for p, of in found.items()})
        for each in shown
        if any(of[each.organ].counts for of in found.values() if each.organ in of)
    )
    sums = {p: Figures("", {m: sum(f[m] for f in of.values()) for m in Measure}) for p, of in found.items()}
    counts, shares = [MEASURE_NAMES[m] for m in CASES], (_("按期办结率"), _("网上收件率"))
    return Table(
        "figures",
        _("收件、受理、办结、超期、退回"),
        (_("机关"), *counts * len(found), *shares),
        rows,
        _figures_row(_("合计"), sums) if rows else (),
        groups=_groups(tuple(found), len(counts), len(shares)),
        empty=(_("这段时间没有办件"), _("换一个时间范围看看。新的办件一到，数字就会出现在这里。")),
    )


def _groups(periods: Sequence[Period], counts: int, shares: int) -> tuple[tuple[str, int], ...]:
    """Two periods stand under their names; one alone needs none."""
    if len(periods) < 2:
        return ()
    widths = [counts] * (len(periods) - 1) + [counts + shares]
    return tuple((PERIOD_NAMES[period], width) for period, width in zip(periods, widths, strict=True))


def _figures_row(name: str, spans: Mapping[Period, Figures]) -> tuple[Cell, ...]:
    counts = [cell for period, figures in spans.items() for cell in _counts(figures, period)]
    *_before, (last, figures) = spans.items()
    late = _cases(Measure.CLOSED_LATE, organ=figures.organ, period=last) if figures[Measure.CLOSED_LATE] else ""
    online = _cases(Measure.ONLINE, organ=figures.organ, period=last) if figures[Measure.ONLINE] else ""
    return (words(name), *counts, share(figures.on_time, late), share(figures.online, online))


def _counts(figures: Figures, period: Period) -> tuple[Cell, ...]:
    late = "red" if figures[Measure.LATE] else ""
    tones = {Measure.LATE: late}
    return tuple(count(figures[m], m, organ=figures.organ, period=period, tone=tones.get(m, "")) for m in CASES)


def count(number: int, measure: str, *, organ: str, period: Period, tone: str = "") -> Cell:
    """A number that leads to the cases behind it; a nought leads nowhere."""
    href = _cases(measure, organ=organ, period=period) if number else ""
    return Cell(str(number), number, href, number=True, tone=tone)


def _cases(measure: str, *, organ: str, period: Period) -> str:
    """Where the cases behind a figure are listed."""
    asked = urlencode({"measure": measure, "period": period} | ({"organ": organ} if organ else {}))
    return f"{_list()}?{asked}"


@cache
def _list() -> str:
    return reverse("desk:director_cases")


def adoption_table(all_: Sequence[Adoption], names: Mapping[str, str], period: Period) -> Table:
    """How officers' acts came into the journal, with the median seconds of those that could be measured."""
    heads = (
        *(_("机关"), _("办理次数")),
        *(MEASURE_NAMES[m] for m in ACTS),
        *(_("实时办理率"), _("每件用时（中位数，秒）"), _("可计时次数"), MEASURE_NAMES[Measure.MERGED]),
    )
    rows = tuple(
        _adoption_row(names.get(each.organ, each.organ), each, period)
        for each in sorted(all_, key=lambda used: -used.acts)
        if each.acts
    )
    title = _("平台使用（%(period)s）") % {"period": PERIOD_NAMES[period]}
    empty = _("这段时间没有工作人员办理"), _("有人受理、审查、决定或送达，次数和用时就会出现在这里。")
    return Table("adoption", title, heads, rows, empty=empty)


def _adoption_row(name: str, used: Adoption, period: Period) -> tuple[Cell, ...]:
    live = _cases(Measure.LIVE, organ=used.organ, period=period) if used.counts.get(Measure.LIVE) else ""
    timed = count(used.measured, Measure.TIMED, organ=used.organ, period=period)
    return (
        words(name),
        count(used.acts, ALL_ACTS, organ=used.organ, period=period),
        *(count(used.counts.get(m, 0), m, organ=used.organ, period=period) for m in ACTS),
        share(used.share(Measure.LIVE), live),
        Cell(NOTHING if used.median is None else str(used.median), used.median, timed.href, number=True),
        timed,
        count(used.counts.get(Measure.MERGED, 0), Measure.MERGED, organ=used.organ, period=period),
    )


def faults_table(all_: Sequence[Figures], names: Mapping[str, str], period: Period) -> Table:
    """What counts against an organ: what it overlooked and asked for too late, what silence decided in its place."""
    rows = tuple(
        (
            words(names.get(each.organ, each.organ)),
            *(count(each[m], m, organ=each.organ, period=period, tone="red" if each[m] else "") for m in FAULTS),
        )
        for each in sorted(all_, key=lambda one: -sum(one[m] for m in FAULTS))
        if any(each[m] for m in FAULTS)
    )
    title = _("漏看和逾期不答复（%(period)s）") % {"period": PERIOD_NAMES[period]}
    empty = (
        _("没有漏看，也没有逾期不答复的"),
        _("告知时漏了又追加请求的、逾期由法律视为受理或者延续的，会记在这里。"),
    )
    return Table("faults", title, (_("机关"), *(MEASURE_NAMES[m] for m in FAULTS)), rows, empty=empty)


def hall_table(found: Iterable[OutOfHall]) -> Table:
    """Items that should be in the hall and are not: the same item of many organs in one row."""
    grouped: dict[tuple[str, str], list[OutOfHall]] = {}
    for each in found:
        grouped.setdefault((each.name, "；".join(each.reasons)), []).append(each)
    rows = tuple(
        (
            Cell(name, name, reverse("portal:item", args=[same[0].code])),
            _organs([each.organ_name for each in same]),
            words(reasons),
        )
        for (name, reasons), same in grouped.items()
    )
    heads = (_("事项"), _("机关"), _("为什么不在大厅"))
    empty = _("应进的都进了"), _("已发布的事项都能在启用的办事场所办。")
    return Table("hall", _("应进大厅而未进的事项"), heads, rows, numbers=False, empty=empty)


def _organs(named: Sequence[str]) -> Cell:
    names = list(dict.fromkeys(named))
    text = "、".join(names[:3])
    return Cell(_("%s等 %d 个机关") % (text, len(names)) if len(names) > 3 else text, "、".join(names))


def authorised_table(found: Iterable[Authorised]) -> Table:
    """Organs without a 首席代表 or a 授权书 in force; those whose paper ends soon."""
    rows = tuple(
        (words(each.organ_name), Cell(str(each.items), each.items, number=True), words(each.lacking))
        for each in found
        if each.lacking
    )
    heads = (_("机关"), _("事项数"), _("缺什么"))
    empty = _("授权都到位了"), _("有事项的县级机关都有首席代表，授权书都有效，三十天内也不到期。")
    return Table("authorised", _("窗口授权不到位的机关"), heads, rows, numbers=False, empty=empty)


def relays_table(found: Iterable[Late]) -> Table:
    """What was taken in for elsewhere and waits too long, by stage and since when; nothing of the applicants."""
    rows = tuple(
        (
            Cell(one.number, one.number, number=True),
            words(one.item),
            words(one.organ),
            words(one.hall),
            words(str(STAGES[one.stage][0])),
            Cell(one.until.isoformat(), one.until.isoformat(), number=True),
        )
        for one in found
    )
    heads = (_("收件编号"), _("事项"), _("决定机关"), _("收件窗口"), _("办到哪一步"), _("最迟应有下文"))
    empty = _("没有等得太久的"), _("窗口替别处收的件，都在期限以内。")
    return Table("relays", _("异地代收，等得太久的"), heads, rows, numbers=False, empty=empty)


def unstaffed_table(found: Iterable[Post], names: Mapping[str, str]) -> Table:
    """Posts that nobody holds, what falls to them goes to nobody by itself: the same post of many organs in one row."""
    grouped: dict[str, list[str]] = {}
    for post in found:
        grouped.setdefault(post.name, []).append(names.get(post.organ, post.organ))
    fewest_first = sorted(grouped.items(), key=lambda one: len(one[1]))
    rows = tuple(
        (words(post), Cell(str(len(organs)), len(organs), number=True), words("、".join(organs)))
        for post, organs in fewest_first
    )
    heads = (_("岗位"), _("几个机关"), _("哪些机关"))
    empty = _("岗位都有人"), _("每个岗位今天都有人在编在岗。")
    return Table("unstaffed", _("没有人的岗位"), heads, rows, numbers=False, empty=empty)


def cases_table(behind: Behind) -> Table:
    """The cases behind a figure; applicants masked as in every list."""
    rows = tuple(
        (
            Cell(row.number, row.number, reverse("desk:case", args=[row.number]), number=True),
            words(row.item_name),
            words(listed_name(row)),
            Cell(day.isoformat(), day.isoformat(), number=True),
            words(OUTCOME_NAMES[Outcome(row.outcome)] if row.outcome else STATE_NAMES[State(row.state)]),
        )
        for day, row in behind.rows
    )
    heads = (_("办件编号"), _("事项"), _("申请人"), _("发生日期"), _("状态"))
    empty = _("没有您能看的办件"), _("这段时间没有这样的办件，或者您无权查看。")
    return Table("cases", _("办件"), heads, rows, numbers=False, empty=empty)
