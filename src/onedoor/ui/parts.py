"""What pages are made of: plain values that the tags of ``{% load onedoor %}`` draw.

Faces build these from what queries return; templates never compute them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


class Tone(StrEnum):
    """The colour of a mark; the words beside it always say the same."""

    GO = "go"  # done, passed, nothing to submit
    WAIT = "wait"  # somebody works on it
    TODO = "todo"  # the reader must act
    STOP = "stop"  # overdue, refused
    NONE = "none"  # not begun


@dataclass(frozen=True, slots=True)
class Tag:
    """A short mark: 已通过, 免提交, 等您补正."""

    text: str
    tone: Tone = Tone.NONE


@dataclass(frozen=True, slots=True)
class ClockBox:
    """What is left of a limit: ``headline`` large (还剩 6 个工作日), then lines, then the article behind it."""

    label: str
    headline: str
    lines: Sequence[str] = ()
    basis: Sequence[str] = ()
    tone: Tone = Tone.NONE


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of 办理经过. ``state``: did, now or next."""

    text: str
    at: datetime | date | None = None
    note: str = ""
    state: str = "did"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list: its name (a link where it can be done), what it is about, its mark."""

    name: str
    href: str = ""
    note: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a facts list: name, value (lines allowed), and a mark or an action (更正)."""

    name: str
    value: str
    tag: Tag | None = None
    href: str = ""
    action: str = ""
    action_of: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of 当前位置; without ``href`` it is the page itself."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A menu entry: ``count`` is shown where given (待办 17); ``key`` follows it by g and that letter."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file already uploaded: shown with its size and a way to remove it (``remove`` = form action, or "")."""

    name: str
    size: int
    href: str = ""
    remove: str = ""


_PHASES = {
    "草稿": Tone.TODO, "待提交": Tone.TODO, "等您补正": Tone.TODO, "等您缴费": Tone.TODO, "等您确认": Tone.TODO,
    "已收到": Tone.WAIT, "办理中": Tone.WAIT, "审查中": Tone.WAIT, "已受理": Tone.WAIT, "送达中": Tone.WAIT,
    "已办结": Tone.GO, "已送达": Tone.GO, "已通过": Tone.GO, "准予": Tone.GO, "已评价": Tone.GO,
    "不予受理": Tone.STOP, "不予许可": Tone.STOP, "不予通过": Tone.STOP, "已超期": Tone.STOP, "未通过": Tone.STOP,
}  # fmt: skip


def phase_tag(phase: str) -> Tag:
    """The mark of a phase as citizens read it; an unknown phase stays without colour."""
    return Tag(phase, _PHASES.get(phase, Tone.NONE))


def size_text(size: int) -> str:
    """``820 KB``, ``3.2 MB``: bytes in words a reader knows."""
    if size < 1024:
        return _("%(size)s 字节") % {"size": size}
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{round(size / 1024 / 1024, 1):g} MB"
