"""已办环节的意见, beside the form of whoever acts next: verdict, words, by whom, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import PHOTOS, Verdict
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from datetime import datetime

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.events import Fact


@dataclass(frozen=True, slots=True)
class Opinion:
    """One earlier part of the case as it stands.

    ``with_whom``: who was on site; ``merged``: 一人兼任; ``photos``: where each opens (material and file).
    """

    step: str
    verdict: Tag
    text: str
    officer: str
    at: datetime
    with_whom: str = ""
    merged: bool = False
    photos: tuple[tuple[str, str], ...] = ()


def opinions(page: CasePage) -> tuple[Opinion, ...]:
    """Acceptance and every step that stands done, in the order of doing; what was sent back no longer stands."""
    standing: dict[str, Opinion] = {}
    owing = any(isinstance(fact.event, e.MaterialsTolerated) for fact in page.facts)
    for fact in page.facts:
        if isinstance(fact.event, e.Accepted):
            standing[""] = _accepted(fact, fact.event, owing=owing)
        elif isinstance(fact.event, e.StepCompleted) and fact.event.step in page.case.results:
            standing.pop(fact.event.step, None)
            standing[fact.event.step] = _completed(page, fact, fact.event)
    return tuple(standing.values())


def _accepted(fact: Fact, event: e.Accepted, *, owing: bool) -> Opinion:
    by_law = event.how.deemed
    words = _("逾期没有答复，依法视为受理。") if by_law else _("材料齐全、符合法定形式。")
    if not by_law and owing:
        words = _("除承诺后补的以外，材料齐全、符合法定形式。")
    return Opinion(_("受理"), Tag(_("已受理"), Tone.GO), words, "" if by_law else event.officer, fact.at)


def _completed(page: CasePage, fact: Fact, event: e.StepCompleted) -> Opinion:
    passed = event.verdict == Verdict.PASSED
    return Opinion(
        step=page.item.plan.step(event.step).name,
        verdict=Tag(_("通过"), Tone.GO) if passed else Tag(_("不符合"), Tone.STOP),
        text=event.opinion or _("（已删除）"),
        officer=event.officer,
        at=fact.at,
        with_whom="、".join(event.officers),
        merged=event.merged_duties,
        photos=tuple((f"{PHOTOS}{event.step}", file) for file, _sm3 in event.photos),
    )
