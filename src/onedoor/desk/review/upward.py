"""转报 at the desk: which act is offered, how far it is, and how the forms are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases import commands
from onedoor.cases.queries import may
from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import ClockKind
from onedoor.cases.rules.events import upward as u
from onedoor.cases.rules.tasks import ANSWER, RECALL
from onedoor.cases.rules.upward import withdrawn_above
from onedoor.cases.rules.values import ABOVE, Case, Outcome, Verdict
from onedoor.documents.rules import chinese_date
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.plan import StepKind
from onedoor.ui.cases import MaterialRow
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.desk.review.posted import Posted
    from onedoor.kernel.plan import Step

ADVICE = {Verdict.PASSED: gettext_lazy("建议准予"), Verdict.FAILED: gettext_lazy("建议不予")}
ERASED = gettext_lazy("（已删除）")


@dataclass(frozen=True, slots=True)
class SentUp:
    """One time that a case was sent up: how far it is in one sentence, with its tag; opinion and way.

    ``reply``: what the upper level wants when it returns the case; ``paper``: by which it answered.
    """

    organ: str
    told: str
    tag: Tag
    opinion: str
    way: str
    reply: str = ""
    paper: MaterialRow | None = None


Reply = e.UpperDecided | u.UpperDecidedAfterWithdrawal | u.UpperReturned | u.UpperToldOfWithdrawal


def sent_up(page: CasePage, *, on: date) -> tuple[SentUp, ...]:
    """For whoever has the case open: every time that it was sent up, the last first."""
    found: list[tuple[e.ReportedUpward, Reply | None]] = []
    for event in (fact.event for fact in page.facts):
        if isinstance(event, e.ReportedUpward):
            found.append((event, None))
        elif isinstance(event, Reply):
            found[-1] = (found[-1][0], event)
    papers = {row.key: row for row in paper_rows(page)}
    shown = []
    for place, (sent, reply) in enumerate(found, 1):
        told, tag = _replied(reply, page) if reply else _waiting(page, on=on)
        returned = isinstance(reply, u.UpperReturned)
        shown.append(
            SentUp(
                sent.organ,
                _("%(on)s报送") % {"on": chinese_date(sent.on)} + told,
                tag,
                f"{ADVICE[sent.verdict]}：{sent.opinion or ERASED}",
                sent.way,
                (reply.reason or str(ERASED)) if isinstance(reply, u.UpperReturned) else "",
                papers.get(f"{ABOVE}-{place}" if returned else ABOVE) if reply else None,
            )
        )
    return tuple(reversed(shown))


def _replied(reply: Reply, page: CasePage) -> tuple[str, Tag]:
    if isinstance(reply, u.UpperToldOfWithdrawal):
        words = {"on": chinese_date(reply.on), "way": reply.way}
        return _("，申请人撤回，%(on)s告知上级：%(way)s") % words, Tag(_("已告知上级撤回"), Tone.NONE)
    came = chinese_date(reply.on)
    if isinstance(reply, u.UpperReturned):
        return _("，%(came)s退回补充审查") % {"came": came}, Tag(_("上级退回"), Tone.TODO)
    if isinstance(reply, u.UpperDecidedAfterWithdrawal):
        kept = Tag(_("撤回以后才收到"), Tone.NONE)
        return _("，申请人撤回以后，%(came)s收到决定，只存档") % {"came": came}, _untold(page) or kept
    return _("，%(came)s收到决定") % {"came": came}, Tag(_("上级已经决定"), Tone.GO)


def _waiting(page: CasePage, *, on: date) -> tuple[str, Tag]:
    """Nothing came yet: until when it should, or that nobody waits for it any more."""
    if untold := _untold(page):
        return _("，申请人已经撤回"), untold
    last = next((running.due.date for running in page.clocks if running.kind is ClockKind.UPPER), None)
    told = _("，应当在%(due)s前决定") % {"due": chinese_date(last)} if last else ""
    late = bool(last and on > last)
    return told, Tag(_("上级逾期，请催办"), Tone.STOP) if late else Tag(_("等上级决定"), Tone.WAIT)


def _untold(page: CasePage) -> Tag | None:
    return Tag(_("请告知上级"), Tone.STOP) if page.case.unaware else None


def upward_acts(page: CasePage, *, by: Actor) -> tuple[tuple[str, str, Step | None], ...]:
    """What may be done now of 转报: key, label, step. It is sent up, answered or returned, or told of a withdrawal;
    a decision that comes all the same nobody owes.
    """
    step = next((one for one in page.steps if one.kind is StepKind.UPWARD), None)
    if step is None:
        return ()
    records = any(may(page.case, act, by=by, owner=ANSWER) for act in (Act.REVIEW, Act.DECIDE))
    decides = may(page.case, Act.DECIDE, by=by, owner=step.key)
    able = {step.key: decides, ANSWER: records, RECALL: records}
    acts = (
        (step.key, "report_upward", step.name),
        (ANSWER, "record_answer", _("登记上级决定")),
        (ANSWER, "record_return", _("登记上级退回")),
        (RECALL, "tell_above", _("登记已告知上级撤回")),
    )
    owed = {task.key for task in page.tasks}
    found = tuple((key, label, step) for task, key, label in acts if task in owed and able[task])
    late = ("record_answer", _("登记撤回以后收到的上级决定"), step)
    return (*found, late) if records and withdrawn_above(page.case) else found


def paper_rows(page: CasePage) -> tuple[MaterialRow, ...]:
    """What came from the upper level, as materials are shown: what returned the case, and its answer."""
    case, tag = page.case, Tag(_("工作人员登记"), Tone.NONE)
    rows = [
        MaterialRow(f"{ABOVE}-{place}", _("%(organ)s的退回文书") % {"organ": back.organ}, "", tag, back.files)
        for place, back in enumerate(case.returned, 1)
    ]
    if case.above and case.above.files:
        note, name = case.decision.document if case.decision else "", _("%(organ)s的决定") % {"organ": case.above.organ}
        rows.append(MaterialRow(ABOVE, name, note, tag, case.above.files))
    return tuple(rows)


def report_upward(p: Posted) -> Case:
    """报上级决定."""
    verdict = p.choice("verdict", Verdict, _("请选择初审意见：建议准予，或者建议不予。"))
    opinion, way = p.text("opinion"), p.text("way")
    return commands.report_upward(
        p.number, by=p.by, at=p.at, verdict=verdict, opinion=opinion, way=way, version=p.version
    )


def record_answer(p: Posted) -> Case:
    """登记上级决定."""
    answer = commands.UpperAnswer(
        outcome=p.choice("outcome", Outcome, _("请选择上级机关准予还是不予。")),
        decided_on=_dated(p),
        number=p.text("document"),
        reasons=p.text("reasons"),
        files=p.photos,
    )
    return commands.record_upper_answer(p.number, answer, by=p.by, at=p.at, version=p.version)


def record_return(p: Posted) -> Case:
    """登记上级退回补充审查."""
    back = commands.UpperReturn(
        step=p.text("step"),
        returned_on=_dated(p),
        reason=p.text("reason"),
        files=p.photos,
    )
    return commands.record_upper_return(p.number, back, by=p.by, at=p.at, version=p.version)


def tell_above(p: Posted) -> Case:
    """登记已告知上级撤回."""
    told_on = p.day("told_on", _("请填写哪一天告知上级的。"))
    return commands.tell_upper_of_withdrawal(
        p.number, by=p.by, at=p.at, told_on=told_on, way=p.text("way"), version=p.version
    )


def _dated(p: Posted) -> date:
    return p.day("dated", _("请填写上级文书的日期，照文书上的写。"))
