"""预览 of the notice that a form would send: the same words, nothing done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.cases import queries
from onedoor.cases.rules import hearing, lifecycle, overlooked, paying, upward
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.desk.review.acts import asked_for, meeting_of
from onedoor.desk.review.paying import amounts
from onedoor.desk.review.posted import Posted
from onedoor.kernel.clock import Approver, Ground, local_date
from onedoor.kernel.errors import NotFound

if TYPE_CHECKING:
    from onedoor.cases.queries.previews import Decide


def preview(act: str, posted: Posted) -> bytes:
    """The PDF that this form would send. Raises what the act itself would raise for these words."""
    if act not in PREVIEWS:
        raise NotFound(_("这一步不发文书，不需要预览。"))
    return queries.preview(posted.number, PREVIEWS[act](posted), by=posted.by, at=posted.at)


def _accept(_: Posted) -> Decide:
    return lifecycle.accept


def _supplement(p: Posted) -> Decide:
    materials, note = asked_for(p), p.text("note")
    return lambda case, now: lifecycle.request_supplement(case, now, materials=materials, note=note)


def _ask_overlooked(p: Posted) -> Decide:
    wanted, reason = asked_for(p), p.text("reason")
    return lambda case, now: overlooked.ask(case, now, materials=wanted, reason=reason)


def _refuse(p: Posted) -> Decide:
    outcome = p.choice("outcome", Outcome, _("请选择：依法不需要办理，或不属于本机关职权。"))
    reason, turn = p.text("reason"), p.text("where_to_turn")
    return lambda case, now: lifecycle.refuse_acceptance(case, now, outcome=outcome, reason=reason, where_to_turn=turn)


def _special(p: Posted) -> Decide:
    ground = p.choice("ground", Ground, _("请选择特别程序的种类。"))
    end, reason = p.day("notified_end", _("请填写告知申请人的结束日期。")), p.text("reason")
    return lambda case, now: lifecycle.start_special_procedure(
        case, now, ground=ground, notified_end=end, reason=reason
    )


def _extend(p: Posted) -> Decide:
    approver, reason = p.choice("approver", Approver, _("请确认批准人。")), p.text("reason")
    return lambda case, now: lifecycle.extend(case, now, approver=approver, reason=reason)


def _decide(p: Posted) -> Decide:
    outcome = p.choice("outcome", Outcome, _("请选择准予或不予。"))
    reasons, article = p.text("reasons"), p.text("article")
    return lambda case, now: lifecycle.decide(case, now, outcome=outcome, reasons=reasons, article=article)


def _hearing_right(p: Posted) -> Decide:
    reason = p.text("reason")
    return lambda case, now: hearing.tell_right(case, now, reason=reason)


def _announce(p: Posted) -> Decide:
    reason = p.text("reason")
    return lambda case, now: hearing.announce(case, now, reason=reason)[:1]


def _convene(p: Posted) -> Decide:
    meeting = meeting_of(p)
    named = replace(meeting, presider_name=queries.name_of(meeting.presider))
    return lambda case, now: hearing.convene(case, now, named)


def _record(p: Posted) -> Decide:
    attended, text = p.text("attended"), p.text("record", most=hearing.LONGEST_RECORD)
    return lambda case, now: hearing.record(case, now, attended=attended, text=text)


def _report(p: Posted) -> Decide:
    verdict = p.choice("verdict", Verdict, _("请选择初审意见：建议准予，或者建议不予。"))
    answers = queries.case_page(p.number, by=p.by, on=local_date(p.at)).answers or {}
    words = {"opinion": p.text("opinion"), "way": p.text("way")}
    return lambda case, now: upward.report_upward(case, now, verdict=verdict, answers=answers, **words)


def _charges(p: Posted) -> Decide:
    typed, step, words = amounts(p), p.text("step"), p.text("computation")
    answers = queries.case_page(p.number, by=p.by, on=local_date(p.at)).answers or {}
    return lambda case, now: paying.set_charges(
        case, now, step=step, fees=paying.due_fees(now.item, answers), amounts=typed, computation=words
    )


PREVIEWS: dict[str, Callable[[Posted], Decide]] = {
    "accept": _accept,
    "supplement": _supplement,
    "ask_overlooked": _ask_overlooked,
    "refuse": _refuse,
    "start_special": _special,
    "extend": _extend,
    "decide": _decide,
    "hearing_right": _hearing_right,
    "announce_hearing": _announce,
    "convene_hearing": _convene,
    "record_hearing": _record,
    "report_upward": _report,
    "set_charges": _charges,
}
