"""Figures as tables: one shape for the page, its print, and the files that leave it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from onedoor.cases.rules.phases import OUTCOME_NAMES, STATE_NAMES
from onedoor.cases.rules.values import Outcome, State
from onedoor.desk.inbox.rows import listed_name
from onedoor.supervision.rules import ACTS, CASES, MEASURE_NAMES, Figures, Measure, Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onedoor.supervision.queries import Behind
    from onedoor.supervision.rules import Adoption, Authorised, OutOfHall

NOTHING: Final = "—"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the words on the page, the plain value in a file, and where its cases are listed."""

    text: str
    value: str | int | float | None
    href: str = ""
    number: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. ``rows`` begin with their row header; ``total`` stands below, where there is one."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    numbers: bool = True


def words(text: str) -> Cell:
    """A cell of words."""
    return Cell(text or NOTHING, text)


def share(value: float | None) -> Cell:
    """A share in per cent, one digit after the point; — over an empty denominator."""
    return Cell(NOTHING if value is None else f"{value:.1%}", value, number=True)


def figures_table(all_: Sequence[Figures], names: Mapping[str, str], period: Period) -> Table:
    """收件、受理、办结、超期、退回 by organ, each number leading to its cases.

    The organ with most delays comes first; organs that did nothing are left out.
    """
    heads = (_("机关"), *(MEASURE_NAMES[m] for m in CASES), _("按期办结率"), _("网上收件率"))
    shown = sorted((each for each in all_ if each.counts), key=lambda f: (-f[Measure.LATE], -f[Measure.RECEIVED]))
    rows = tuple(_figures_row(names.get(each.organ, each.organ), each, period) for each in shown)
    sums = Figures("", {m: sum(f[m] for f in all_) for m in Measure})
    total = _figures_row(_("合计"), sums, period)
    return Table("figures", _("收件、受理、办结、超期、退回"), heads, rows, total if rows else ())


def _figures_row(name: str, figures: Figures, period: Period) -> tuple[Cell, ...]:
    return (words(name), *_counts(figures, period), share(figures.on_time), share(figures.online))


def _counts(figures: Figures, period: Period) -> tuple[Cell, ...]:
    late = "red" if figures[Measure.LATE] else ""
    tones = {Measure.LATE: late}
    return tuple(count(figures[m], m, organ=figures.organ, period=period, tone=tones.get(m, "")) for m in CASES)


def count(number: int, measure: Measure, *, organ: str, period: Period, tone: str = "") -> Cell:
    """A number that leads to the cases behind it; a nought leads nowhere."""
    asked = urlencode({"measure": measure, "period": period} | ({"organ": organ} if organ else {}))
    href = f"{reverse('desk:director_cases')}?{asked}" if number else ""
    return Cell(str(number), number, href, number=True, tone=tone)


def adoption_table(all_: Sequence[Adoption], names: Mapping[str, str], period: Period) -> Table:
    """How officers' acts came into the journal, with the median seconds of those that could be measured."""
    heads = (
        *(_("机关"), _("办理次数")),
        *(MEASURE_NAMES[m] for m in ACTS),
        *(_("实时办理率"), _("每件用时（中位数，秒）"), _("可计时次数")),
    )
    rows = tuple(
        (
            words(names.get(each.organ, each.organ)),
            Cell(str(each.acts), each.acts, number=True),
            *(count(each.counts.get(m, 0), m, organ=each.organ, period=period) for m in ACTS),
            share(each.share(Measure.LIVE)),
            Cell(NOTHING if each.median is None else str(each.median), each.median, number=True),
            Cell(str(each.measured), each.measured, number=True),
        )
        for each in sorted(all_, key=lambda used: -used.acts)
        if each.acts
    )
    return Table("adoption", _("平台使用"), heads, rows)


def hall_table(found: Iterable[OutOfHall]) -> Table:
    """Items that should be in the hall and are not: the same item of many organs in one row."""
    grouped: dict[tuple[str, str], list[OutOfHall]] = {}
    for each in found:
        grouped.setdefault((each.name, "；".join(each.reasons)), []).append(each)
    rows = tuple(
        (Cell(name, name, reverse("portal:item", args=[same[0].code])), _organs(same), words(reasons))
        for (name, reasons), same in grouped.items()
    )
    heads = (_("事项"), _("机关"), _("为什么不在大厅"))
    return Table("hall", _("应进大厅而未进的事项"), heads, rows, numbers=False)


def _organs(same: Sequence[OutOfHall]) -> Cell:
    names = list(dict.fromkeys(each.organ_name for each in same))
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
    return Table("authorised", _("窗口授权不到位的机关"), heads, rows, numbers=False)


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
    heads = (_("办件编号"), _("事项"), _("申请人"), _("发生日期"), _("现在状态"))
    return Table("cases", _("办件"), heads, rows, numbers=False)
