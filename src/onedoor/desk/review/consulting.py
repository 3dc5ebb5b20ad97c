"""征求意见 on the case page: who has answered what when, who is late; late opinions and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.cases.rules.consulting import Asked, overview
from onedoor.cases.rules.values import Verdict
from onedoor.documents.rules import chinese_date
from onedoor.kernel.plan import Silence
from onedoor.orgs import queries as orgs
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage

VERDICTS = {Verdict.PASSED: gettext_lazy("无异议"), Verdict.FAILED: gettext_lazy("有异议")}
SETTLED = {
    Silence.DEEMED: gettext_lazy("到期未答复，视为无异议"),
    Silence.LEAD_DECIDES: gettext_lazy("到期未答复，不再等待"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One department that is asked: its tag, what it said, and the answer that a late opinion got."""

    name: str
    organ: str
    tag: Tag
    when: str
    opinion: str
    answer: str
    basis: str


@dataclass(frozen=True, slots=True)
class Consulted:
    """All that are asked, and the sum of them in words: ``已收到 3/5``."""

    told: str
    lines: tuple[Line, ...]


def consulted(page: CasePage, *, on: date) -> Consulted | None:
    """The overview for whoever leads; None where this case asks nobody."""
    asked = overview(page.case, page.item, page.facts, calendar=areas.calendar(page.case.area), on=on)
    if not asked:
        return None
    counts = {"in": sum(one.answered for one in asked), "all": len(asked)}
    late = sum(one.late and not one.answered for one in asked)
    told = _("已收到 %(in)s/%(all)s") % counts
    told += _("，%(late)s 个逾期未答复") % {"late": late} if late else ""
    return Consulted(told, tuple(_line(one) for one in asked))


def _line(one: Asked) -> Line:
    came = one.after or (one.result if one.answered else None)
    when = f"{chinese_date(came.on)} {came.name}" if came else ""
    if one.due and not came:
        when = _("%(due)s前答复") % {"due": chinese_date(one.due)}
    settled = bool(one.result and one.result.verdict is Verdict.SILENT)
    return Line(
        name=one.step.name,
        organ=orgs.organ(one.organ).name,
        tag=_tag(one),
        when=when,
        opinion=one.opinion or (_("（已删除）") if one.answered else ""),
        answer=_answer(one),
        basis=one.step.silence_basis if settled else "",
    )


def _tag(one: Asked) -> Tag:
    if one.answered:
        verdict = one.after.verdict if one.after else one.result.verdict if one.result else Verdict.PASSED
        words = str(VERDICTS[verdict]) + (_("（逾期）") if one.late else "")
        return Tag(words, Tone.GO if verdict is Verdict.PASSED else Tone.STOP)
    if one.result:
        return Tag(str(SETTLED[one.step.silence]), Tone.TODO)
    if one.late:
        return Tag(_("逾期未答复，正在催办"), Tone.STOP)
    return Tag(_("等待答复"), Tone.WAIT) if one.begun else Tag(_("还没有送出"), Tone.NONE)


def _answer(one: Asked) -> str:
    if one.after is None:
        return ""
    if one.after.taken is None:
        return _("还没有答复：签发决定前须写明采纳或者不采纳。")
    word = _("采纳") if one.after.taken else _("不采纳")
    return _("%(word)s：%(reason)s") % {"word": word, "reason": one.answer or _("（理由已删除）")}
