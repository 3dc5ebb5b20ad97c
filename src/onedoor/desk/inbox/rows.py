"""A task as a row of the inbox: red, yellow, green, always with its word and number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.cases.rules.clocks import CLOCK_NAMES, Alarm, ClockKind, Threshold, alarm
from onedoor.kernel.codes import mask_name
from onedoor.kernel.errors import NotFound
from onedoor.kernel.workdays import Calendar, workdays_between
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules.grants import COVER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from onedoor.cases.queries import InboxRow, Row
    from onedoor.cases.rules.values import Case
    from onedoor.kernel.actor import Actor

WORDS = {Alarm.RED: gettext_lazy("红"), Alarm.YELLOW: gettext_lazy("黄"), Alarm.GREEN: gettext_lazy("绿")}
TAIL = 5  # digits of a case's number that tell two cases of one applicant apart
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
    task: str = ""
    version: int = 0
    post: str = ""
    mark: str = ""
    key: str = ""
    own: bool = False


def lines(rows: Iterable[InboxRow], *, today: date, by: Actor, current: str = "") -> tuple[Line, ...]:
    """The rows of an inbox as they are shown; with several posts each row names the one by which it is owed."""
    several = len({grant.post for grant in by.grants}) > 1
    rows = tuple(rows)
    posts = {post: post_name(post) for post in {row.post for row in rows}} if several else {}
    colleagues = orgs.names_of({row.holder or row.assignee for row in rows} - {by.ref})
    return tuple(
        replace(
            _line(row, today, current),
            post=posts.get(row.post, ""),
            mark=_mark(row, by, colleagues),
            key=_key(row),
            own=(row.holder or row.assignee) == by.ref,
        )
        for row in rows
    )


def post_name(post: str) -> str:
    """A post, an authorisation or an AB cover in words."""
    code, cover, other = post.partition(COVER_MARK)
    try:
        name = orgs.post(code).name
    except NotFound:
        return post
    return (
        _("%(name)s（代 %(other)s）") % {"name": name, "other": orgs.staff_by_job_number(other).name} if cover else name
    )


def _mark(row: InboxRow, by: Actor, colleagues: Mapping[str, str]) -> str:
    whose = row.holder or row.assignee
    if whose == by.ref:
        return _("移交给您") if row.holder else _("系统分给您")
    name = {"name": colleagues.get(whose) or _("同事")}
    if row.holder:
        return _("已移交 %(name)s") % name
    return _("系统分给 %(name)s") % name if whose else ""


def _key(row: InboxRow) -> str:
    """What a ticked row sends: which task of which case at which version."""
    return f"{row.number}|{row.task}|{row.version}"


def _line(row: InboxRow, today: date, current: str) -> Line:
    tone, left = how_urgent(row.due, today, areas.calendar(row.area))
    where = areas.path(row.area[:9].ljust(12, "0"))
    tail = _("尾号 %(tail)s") % {"tail": row.number[-TAIL:]}
    return Line(
        number=row.number,
        title=row.item_name,
        about=" · ".join((listed_name(row), where, row.task_name, tail)),
        tone=tone,
        left=left,
        due=row.due,
        limit=CLOCK_NAMES[ClockKind(row.clock)] if row.clock else "",
        note=_("不计时") if row.stopped_until >= today.isoformat() else _("暂定") if row.provisional else "",
        current=row.number == current,
        task=row.task,
        version=row.version,
    )


def listed_name(row: InboxRow | Row | Case) -> str:
    """The applicant in a list: a person's name is masked, the name of a company is public."""
    if not row.applicant_name:
        return _("（已删除）")
    return mask_name(row.applicant_name) if row.applicant.startswith("person:") else row.applicant_name


def how_urgent(due: date | None, today: date, calendar: Calendar) -> tuple[str, str]:
    """The colour and the words of a due day: 红 · 超 1 日, 黄 · 今日到期, 绿 · 剩 4 日 (working days)."""
    if due is None:
        return "none", _("无期限")
    left = workdays_between(today, due, calendar).days
    level = alarm(left, Threshold())
    if today > due:
        late = max(1, -left)
        return TONES[Alarm.RED], _("%(word)s · 超 %(late)s 日") % {"word": WORDS[Alarm.RED], "late": late}
    if today == due:
        return TONES[Alarm.YELLOW], _("%(word)s · 今日到期") % {"word": WORDS[Alarm.YELLOW]}
    return TONES[level], _("%(word)s · 剩 %(left)s 日") % {"word": WORDS[level], "left": left}
