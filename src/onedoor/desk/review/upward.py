"""转报 at the desk: which act is offered, how far it is, and how the forms are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases import commands
from onedoor.cases.queries import may
from onedoor.cases.rules import events as e
from onedoor.cases.rules.tasks import ANSWER
from onedoor.cases.rules.values import ABOVE, Case, Outcome, State, Verdict
from onedoor.documents.rules import chinese_date
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.plan import StepKind
from onedoor.ui.cases import MaterialRow
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.queries import CasePage
    from onedoor.desk.review.acts import Posted
    from onedoor.kernel.plan import Step

ADVICE = {Verdict.PASSED: gettext_lazy("建议准予"), Verdict.FAILED: gettext_lazy("建议不予")}


@dataclass(frozen=True, slots=True)
class SentUp:
    """How far a case is that was sent up: in one sentence, with its tag; what the opinion was, and how it went."""

    organ: str
    told: str
    tag: Tag
    opinion: str
    way: str


def sent_up(page: CasePage, *, on: date) -> SentUp | None:
    """For whoever has the case open; None where it was not sent up."""
    above = page.case.above
    sent = [fact.event for fact in page.facts if isinstance(fact.event, e.ReportedUpward)]
    if above is None or not sent:
        return None
    last = next((running.due.date for running in page.clocks if running.kind == "upper"), None)
    told = _("%(on)s报送") % {"on": chinese_date(above.on)}
    if above.came:
        told += _("，%(came)s收到决定") % {"came": chinese_date(above.came)}
        tag = Tag(_("上级已经决定"), Tone.GO)
    else:
        told += _("，应当在%(due)s前决定") % {"due": chinese_date(last)} if last else ""
        late = bool(last and on > last)
        tag = Tag(_("上级逾期，请催办"), Tone.STOP) if late else Tag(_("等上级决定"), Tone.WAIT)
    words = f"{ADVICE[sent[-1].verdict]}：{sent[-1].opinion or _('（已删除）')}"
    return SentUp(above.organ, told, tag, words, sent[-1].way)


def upward_acts(page: CasePage, *, by: Actor) -> tuple[tuple[str, str, Step | None], ...]:
    """报上级决定 once it is its turn, 登记上级决定 while it waits there: key, label, step."""
    case = page.case
    step = next((one for one in page.steps if one.kind is StepKind.UPWARD), None)
    if case.state is not State.ACCEPTED or step is None:
        return ()
    if case.above:
        able = any(may(case, act, by=by, owner=ANSWER) for act in (Act.REVIEW, Act.DECIDE))
        return (("record_answer", _("登记上级决定"), step),) if able else ()
    owed = step.key in {task.key for task in page.tasks}
    return (("report_upward", step.name, step),) if owed and may(case, Act.DECIDE, by=by, owner=step.key) else ()


def answer_rows(page: CasePage) -> tuple[MaterialRow, ...]:
    """The answer of the upper level, as a material is shown."""
    above = page.case.above
    if above is None or not above.files:
        return ()
    note = page.case.decision.document if page.case.decision else ""
    tag = Tag(_("工作人员登记"), Tone.NONE)
    return (MaterialRow(ABOVE, _("%(organ)s的决定") % {"organ": above.organ}, note, tag, above.files),)


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
        decided_on=p.day("decided_on", _("请填写上级决定的日期，照文书上的写。")),
        number=p.text("document"),
        reasons=p.text("reasons"),
        files=p.photos,
    )
    return commands.record_upper_answer(p.number, answer, by=p.by, at=p.at, version=p.version)
