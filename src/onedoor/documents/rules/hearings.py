"""Being heard: 听证权利告知书, 听证公告, 听证通知书, 听证笔录 (行政许可法 §§46–48)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onedoor.documents.rules.parts import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingRightNotice:
    """听证权利告知书: what is at stake, and until when a hearing may be asked for. ``others``: 利害关系人 told too."""

    template: ClassVar[str] = "hearing_right_notice"
    head: Head
    reason: str
    within: str
    last: date
    basis: tuple[str, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingAnnouncement:
    """听证公告: the organ holds a hearing without being asked, open to the public (§46)."""

    template: ClassVar[str] = "hearing_announcement"
    head: Head
    reason: str
    until: date
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingNotice:
    """听证通知书: time, place and who presides; they may be objected to, and it costs nothing (§§47(2), 48)."""

    template: ClassVar[str] = "hearing_notice"
    head: Head
    held_at: datetime
    place: str
    presider: str
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingRecordSheet:
    """听证笔录: checked and signed by those who took part; the decision rests on it (§48(1)(五), (2))."""

    template: ClassVar[str] = "hearing_record"
    head: Head
    held_at: datetime
    place: str
    presider: str
    recorder: str
    attended: str
    record: tuple[str, ...]
    basis: tuple[str, ...]
