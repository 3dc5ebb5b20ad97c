"""A task as a row of the inbox: red, yellow, green, always with its word and number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onedoor.areas import queries as areas
from onedoor.cases.rules.clocks import CLOCK_NAMES, Alarm, ClockKind, Threshold, alarm
from onedoor.kernel.codes import mask_name
from onedoor.kernel.workdays import Calendar, workdays_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onedoor.cases.queries import InboxRow, Row

WORDS = {Alarm.RED: "红", Alarm.YELLOW: "黄", Alarm.GREEN: "绿"}
TONES = {Alarm.RED: "red", Alarm.YELLOW: "amber", Alarm.GREEN: "green"}


@dataclass(frozen=True, slots=True)
class Line:
    """What one row shows."""

    number: str
    title: str
    about: str
    tone: str
    left: str
    due: date | None
    limit: str
    note: str
    current: bool


def lines(rows: Iterable[InboxRow], *, today: date, current: str = "") -> tuple[Line, ...]:
    """The rows of an inbox as they are shown."""
    return tuple(_line(row, today, current) for row in rows)


def _line(row: InboxRow, today: date, current: str) -> Line:
    tone, left = how_urgent(row.due, today, areas.calendar(row.area))
    name = listed_name(row)
    return Line(
        number=row.number,
        title=row.item_name,
        about=f"{name} · {areas.path(row.area)} · {row.task_name}",
        tone=tone,
        left=left,
        due=row.due,
        limit=CLOCK_NAMES[ClockKind(row.clock)] if row.clock else "",
        note="不计时" if row.stopped else "暂定" if row.provisional else "",
        current=row.number == current,
    )


def listed_name(row: InboxRow | Row) -> str:
    """The applicant in a list: a person's name is masked, the name of a company is public."""
    if not row.applicant_name:
        return "（已删除）"
    return mask_name(row.applicant_name) if row.applicant.startswith("person:") else row.applicant_name


def how_urgent(due: date | None, today: date, calendar: Calendar) -> tuple[str, str]:
    """The colour and the words of a due day: 红 · 超 1 日, 黄 · 今日到期, 绿 · 剩 4 日 (working days)."""
    if due is None:
        return "none", "无期限"
    left = workdays_between(today, due, calendar).days
    level = alarm(left, Threshold())
    if today > due:
        late = max(1, -left)
        return TONES[Alarm.RED], f"{WORDS[Alarm.RED]} · 超 {late} 日"
    if today == due:
        return TONES[Alarm.YELLOW], f"{WORDS[Alarm.YELLOW]} · 今日到期"
    return TONES[level], f"{WORDS[level]} · 剩 {left} 日"
