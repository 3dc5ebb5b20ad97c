"""From a posted form to a command: each act of the desk by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from django.utils.translation import gettext as _

from onedoor.cases import commands
from onedoor.cases.rules.hearing import LONGEST_RECORD, moment_of
from onedoor.cases.rules.values import Case, Delivery, Outcome, Verdict
from onedoor.cases.rules.values.hearing import Meeting
from onedoor.cases.rules.visiting import Finding
from onedoor.desk.review import crews, endings, paying, upward
from onedoor.desk.review.interested import newcomer
from onedoor.desk.review.posted import Posted
from onedoor.desk.window.materials import FORMS, TICKS
from onedoor.kernel.clock import CHINA, Approver, Ground
from onedoor.kernel.errors import FieldError, Invalid, NotFound


def perform(act: str, posted: Posted) -> Case:
    """Do the act that the form names; NotFound for a name that is none."""
    if act not in ACTS:
        raise NotFound(_("没有这个操作。请从页面上的按钮进入。"))
    return ACTS[act](posted)


def _accept(p: Posted) -> Case:
    return commands.accept(p.number, by=p.by, at=p.at, version=p.version)


def asked_for(p: Posted) -> dict[str, str]:
    """Material → what is wrong with it. Raises Invalid where a ticked one has no words."""
    faults = {
        key.removeprefix("fault."): p.text(key)
        for key in p.data
        if key.startswith("fault.") and p.data.get(f"ask.{key.removeprefix('fault.')}")
    }
    empty = [
        FieldError(f"fault.{key}", _("请写明这份材料缺什么、怎么补。")) for key, text in faults.items() if not text
    ]
    if empty:
        raise Invalid(empty)
    return faults


def _supplement(p: Posted) -> Case:
    faults, note = asked_for(p), p.text("note")
    return commands.request_supplement(p.number, by=p.by, at=p.at, materials=faults, note=note, version=p.version)


def _ask_overlooked(p: Posted) -> Case:
    wanted, reason = asked_for(p), p.text("reason")
    return commands.ask_overlooked(p.number, by=p.by, at=p.at, materials=wanted, reason=reason, version=p.version)


def _refuse(p: Posted) -> Case:
    told = _("请选择：依法不需要办理，或不属于本机关职权。")
    outcome, reason = p.concluded("outcome", Outcome, told, reason="reason")
    return commands.refuse_acceptance(
        p.number,
        by=p.by,
        at=p.at,
        outcome=outcome,
        reason=reason,
        where_to_turn=p.text("where_to_turn"),
        version=p.version,
    )


def _step(p: Posted) -> Case:
    visit = commands.SiteVisit(p.text("step"), crews.site_crew(p, p.text("step")), p.photos)
    verdict, opinion = p.concluded("verdict", Verdict, _("请选择结论。"), reason="opinion")
    if visit.photos:
        return commands.complete_site_visit(
            p.number, visit, by=p.by, at=p.at, verdict=verdict, opinion=opinion, version=p.version
        )
    return commands.complete_step(
        p.number,
        by=p.by,
        at=p.at,
        step=visit.step,
        verdict=verdict,
        opinion=opinion,
        officers=visit.officers,
        version=p.version,
    )


def _late_opinion(p: Posted) -> Case:
    verdict, opinion = p.concluded("verdict", Verdict, _("请选择无异议或者有异议。"), reason="opinion")
    return commands.give_late_opinion(
        p.number,
        by=p.by,
        at=p.at,
        step=p.text("step"),
        verdict=verdict,
        opinion=opinion,
        version=p.version,
    )


def _answer_late(p: Posted) -> Case:
    if p.text("taken") not in {"yes", "no"}:
        raise Invalid([FieldError("taken", _("请选择采纳或者不采纳。"))])
    taken, reason = p.text("taken") == "yes", p.text("reason")
    return commands.answer_late_opinion(
        p.number, by=p.by, at=p.at, step=p.text("step"), taken=taken, reason=reason, version=p.version
    )


def _send_back(p: Posted) -> Case:
    step, reason = p.text("step"), p.text("reason")
    return commands.send_back(p.number, by=p.by, at=p.at, step=step, reason=reason, version=p.version)


def _start_special(p: Posted) -> Case:
    return commands.start_special_procedure(
        p.number,
        by=p.by,
        at=p.at,
        ground=p.choice("ground", Ground, _("请选择特别程序的种类。")),
        notified_end=p.day("notified_end", _("请填写告知申请人的结束日期。")),
        reason=p.text("reason"),
        version=p.version,
    )


def _end_special(p: Posted) -> Case:
    return commands.end_special_procedure(p.number, by=p.by, at=p.at, result=p.text("result"), version=p.version)


def _extend(p: Posted) -> Case:
    approver = p.choice("approver", Approver, _("请确认批准人。"))
    return commands.extend(p.number, by=p.by, at=p.at, approver=approver, reason=p.text("reason"), version=p.version)


def _decide(p: Posted) -> Case:
    outcome, reasons = p.concluded("outcome", Outcome, _("请选择准予或不予。"), reason="reasons")
    return commands.decide(
        p.number,
        by=p.by,
        at=p.at,
        outcome=outcome,
        reasons=reasons,
        article=p.text("article"),
        version=p.version,
    )


def _deliver(p: Posted) -> Case:
    method = p.choice("method", Delivery, _("请选择送达方式。"))
    return commands.deliver(p.number, by=p.by, at=p.at, method=method, receiver=p.text("receiver"), version=p.version)


def _speak(p: Posted) -> Case:
    faults = asked_for(p)
    return commands.speak(p.number, by=p.by, at=p.at, member=p.text("step"), materials=faults, version=p.version)


def _call_visit(p: Posted) -> Case:
    day, told = p.day("day", _("请填写踏勘的日期。")), _("请填写几点碰头，例如 9:30。")
    try:
        meets = datetime.combine(day, time.fromisoformat(p.text("hour").zfill(5)), CHINA)
    except ValueError:
        raise Invalid([FieldError("hour", told)]) from None
    call = commands.VisitCall(meets, p.text("place"), tuple(p.data.getlist("member")))
    return commands.call_visit(p.number, call, by=p.by, at=p.at, version=p.version)


def _man_visit(p: Posted) -> Case:
    member = p.text("step")
    crew = crews.crew(p, step=member, sent=True)
    return commands.man_visit(p.number, by=p.by, at=p.at, member=member, officers=crew, version=p.version)


def _leave_visit(p: Posted) -> Case:
    member, reason = p.text("step"), p.text("reason")
    return commands.leave_visit(p.number, by=p.by, at=p.at, member=member, reason=reason, version=p.version)


def _sign_visit(p: Posted) -> Case:
    verdict, opinion = p.concluded("verdict", Verdict, _("请选择结论。"), reason="opinion")
    found = Finding(verdict, opinion, crews.crew(p, step=p.text("step")))
    return commands.sign_visit(
        p.number, found, by=p.by, at=p.at, member=p.text("step"), photos=p.photos, version=p.version
    )


def _hand_over(p: Posted) -> Case:
    return commands.hand_over(
        p.number,
        by=p.by,
        at=p.at,
        task=p.text("task"),
        to=p.text("to"),
        reason=p.text("reason"),
        version=p.version,
    )


def _name_interested(p: Posted) -> Case:
    return commands.name_interested(p.number, newcomer(p), by=p.by, at=p.at, version=p.version)


def _hearing_right(p: Posted) -> Case:
    return commands.tell_hearing_right(p.number, by=p.by, at=p.at, reason=p.text("reason"), version=p.version)


def _announce_hearing(p: Posted) -> Case:
    return commands.announce_hearing(p.number, by=p.by, at=p.at, reason=p.text("reason"), version=p.version)


def meeting_of(p: Posted) -> Meeting:
    """When, where and by whom; Invalid where day or time is none."""
    day = p.day("held_on", _("请填写听证在哪一天举行。"))
    return Meeting(moment_of(day, p.text("held_time")), p.text("place"), p.text("presider"), "")


def _convene_hearing(p: Posted) -> Case:
    return commands.convene_hearing(p.number, meeting_of(p), by=p.by, at=p.at, version=p.version)


def _record_hearing(p: Posted) -> Case:
    attended, record = p.text("attended"), p.text("record", most=LONGEST_RECORD)
    return commands.record_hearing(p.number, by=p.by, at=p.at, attended=attended, record=record, version=p.version)


def _owed(p: Posted) -> Case:
    """What the window ticked, as at the counter: 原件, 复印件, or the copy held against the original."""
    ticked = {key: frozenset(p.data.getlist(key)) & TICKS for key in p.data if key.startswith("paper.")}
    paper = {key.removeprefix("paper."): FORMS[ticks] for key, ticks in ticked.items() if ticks}
    return commands.hand_in_owed(p.number, by=p.by, at=p.at, materials={}, paper=paper, version=p.version)


def _verify(p: Posted) -> Case:
    if p.text("held") not in {"yes", "no"}:
        raise Invalid([FieldError("held", _("请选择属实或者不实。"))])
    held, finding = p.text("held") == "yes", p.text("opinion")
    return commands.verify_pledge(
        p.number, by=p.by, at=p.at, material=p.text("material"), held=held, finding=finding, version=p.version
    )


def _start_publicity(p: Posted) -> Case:
    step, notice = p.text("step"), p.text("notice")
    return commands.start_publicity(p.number, by=p.by, at=p.at, step=step, notice=notice, version=p.version)


def _record_objection(p: Posted) -> Case:
    who, said = p.text("who"), p.text("objection")
    step = p.text("step")
    return commands.record_objection(p.number, by=p.by, at=p.at, step=step, who=who, objection=said, version=p.version)


def _answer_objection(p: Posted) -> Case:
    step, keys, answer = p.text("step"), p.data.getlist("key"), p.text("answer")
    return commands.answer_objections(
        p.number, by=p.by, at=p.at, step=step, keys=keys, answer=answer, version=p.version
    )


ACTS: dict[str, Callable[[Posted], Case]] = {
    "accept": _accept,
    "supplement": _supplement,
    "ask_overlooked": _ask_overlooked,
    "refuse": _refuse,
    "step": _step,
    "late_opinion": _late_opinion,
    "answer_late": _answer_late,
    "owed": _owed,
    "check": endings.check,
    "reissue": endings.reissue,
    "end_result": endings.end_result,
    "refuse_request": endings.refuse_request,
    "verify": _verify,
    "set_charges": paying.set_charges,
    "record_payment": paying.record_payment,
    "give_up_payment": paying.give_up,
    "propose_relief": paying.propose_relief,
    "decide_relief": paying.decide_relief,
    "report_upward": upward.report_upward,
    "record_answer": upward.record_answer,
    "record_return": upward.record_return,
    "tell_above": upward.tell_above,
    "send_back": _send_back,
    "start_special": _start_special,
    "end_special": _end_special,
    "extend": _extend,
    "decide": _decide,
    "deliver": _deliver,
    "hand_over": _hand_over,
    "name_interested": _name_interested,
    "hearing_right": _hearing_right,
    "announce_hearing": _announce_hearing,
    "convene_hearing": _convene_hearing,
    "record_hearing": _record_hearing,
    "start_publicity": _start_publicity,
    "record_objection": _record_objection,
    "answer_objection": _answer_objection,
    "speak": _speak,
    "call_visit": _call_visit,
    "man_visit": _man_visit,
    "leave_visit": _leave_visit,
    "sign_visit": _sign_visit,
}
