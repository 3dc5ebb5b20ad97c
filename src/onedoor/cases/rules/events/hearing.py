"""The facts of being heard: 利害关系人, 陈述申辩 and 听证; ``events`` counts them among its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onedoor.cases.rules.events.fact import Event
from onedoor.kernel.law import Article


@dataclass(frozen=True, slots=True)
class InterestedNamed(Event):
    """利害关系人 named: ``seat`` in this case, how to reach them, and what the matter has to do with them."""

    kind = "case_interested_named"
    personal = frozenset({"name", "mobile", "concern"})
    seat: str
    party: str
    on: date
    name: str | None = None
    mobile: str | None = None
    concern: str | None = None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class StatementMade(Event):
    """陈述、申辩 of the applicant or of 利害关系人 (行政许可法 §36)."""

    kind = "case_statement_made"
    personal = frozenset({"statement"})
    seat: str
    on: date
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class HearingRightTold(Event):
    """告知听证权利: to whom, and the last day on which they may ask (行政许可法 §47(1))."""

    kind = "case_hearing_right_told"
    personal = frozenset({"reason", "wording"})
    on: date
    seats: tuple[str, ...]
    last: date
    article: Article
    document: str = ""
    reason: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class HearingAsked(Event):
    """申请听证; ``until``: the last day on which it must be held."""

    kind = "case_hearing_asked"
    personal = frozenset({"reason"})
    seat: str
    on: date
    until: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class HearingWaived(Event):
    """放弃听证: told of the right, they say that they will not ask."""

    kind = "case_hearing_waived"
    seat: str
    on: date


@dataclass(frozen=True, slots=True)
class HearingAnnounced(Event):
    """听证公告: one that the organ holds without being asked (行政许可法 §46)."""

    kind = "case_hearing_announced"
    personal = frozenset({"reason", "wording"})
    on: date
    until: date
    article: Article
    document: str = ""
    reason: str | None = None
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class HearingConvened(Event):
    """听证通知: when, where, who presides (行政许可法 §48(1))."""

    kind = "case_hearing_convened"
    personal = frozenset({"wording"})
    on: date
    at: datetime
    place: str
    presider: str
    presider_name: str
    merged_duties: bool = False
    document: str = ""
    officer: str = ""
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class HearingRecorded(Event):
    """听证笔录, signed by those who took part (行政许可法 §48(1)(五)): the decision rests on it."""

    kind = "case_hearing_recorded"
    personal = frozenset({"attended", "record", "wording"})
    on: date
    document: str = ""
    attended: str | None = None
    record: str | None = None
    officer: str = ""
    wording: str | None = None
