"""公示: so long as the plan says, every objection recorded and answered; it stops no clock (DOMAIN: 不停止计时).

A notice put up elsewhere (村务公开栏) is completed as a step like any other, with words on where and how long it hung.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import in_state, not_for_oneself, not_too_long, required
from onedoor.cases.rules.events import publicity as p
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, State
from onedoor.cases.rules.values.publicity import Publicity
from onedoor.documents.rules import chinese_date
from onedoor.kernel.clock import Clock, due
from onedoor.kernel.codes import why_not_phone
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.plan import Step, StepKind

MOST_ONLINE: Final = 500  # objections of one case: what comes by machine does not bury those who read
RECEIPT: Final = re.compile(r"[0-9]{20}[0-9A-Z]-异议-[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Objector:
    """Whoever objects on the public page. ``party``: as the register has them, "" for whoever did not sign in."""

    name: str
    contact: str
    party: str = ""


def start_publicity(case: Case, now: Occasion, *, step: str, notice: str) -> tuple[e.Event, ...]:
    """开始公示, for so long as the step's own limit says, from the day after."""
    found = _publicity_step(case, now, step)
    not_for_oneself(case, now.by)
    required(notice=notice)
    if found.limit is None:
        raise Refused("no_period", "这个环节没有写明公示几天，不能在网上公示。请联系事项管理员补上。")
    if step in case.publicity:
        raise Refused("published_already", "已经在公示，不用再公示一次。")
    until = due(Clock(found.limit, now.on), now.calendar).date
    return (p.PublicityStarted(step=step, on=now.on, until=until, notice=notice.strip(), officer=now.by.name),)


def record_objection(
    case: Case, now: Occasion, *, step: str, who: str, objection: str, known: int
) -> tuple[e.Event, ...]:
    """记录异议, in the period; by letter, telephone or at the window. ``known``: how many the case ever had, as a 公示
    that is sent back begins anew and no two objections bear one number.
    """
    held = _running(case, step)
    required(who=who, objection=objection)
    if now.on > held.until:
        raise Refused("publicity_over", f"公示到 {held.until} 已经期满。以后收到的意见请写进审查意见。")
    return (_recorded(case, now, step=step, objector=Objector(who, ""), objection=objection, known=known),)


def object_online(
    case: Case, now: Occasion, *, step: str, objector: Objector, objection: str, known: int
) -> tuple[e.Event, ...]:
    """提出异议 on the public page, in the period, by anybody who says a name and how to be reached."""
    held = _running(case, step)
    if now.on > held.until:
        raise Refused("publicity_over", f"公示到 {chinese_date(held.until)}已经期满。还有意见的，请打承办机关的电话。")
    errors = [FieldError("who", "请写您的姓名或者单位名称。")] if not objector.name.strip() else []
    if fault := why_not_phone(objector.contact.strip()):
        errors.append(FieldError("contact", f"{fault}答复时要用它找到您。"))
    if not objection.strip():
        errors.append(FieldError("objection", "请写明哪里不对，您知道的情况。"))
    if errors:
        raise Invalid(errors)
    not_too_long(objector.name, objection)
    if sum(len(one.objections) for one in case.publicity.values()) >= MOST_ONLINE:
        raise Refused("too_many_objections", "网上收到的异议已经很多，请打承办机关的电话或者到窗口提出。")
    return (_recorded(case, now, step=step, objector=objector, objection=objection, known=known),)


def receipts(events: Iterable[e.Event]) -> tuple[str, ...]:
    """The numbers of the objections among these events."""
    return tuple(event.receipt for event in events if isinstance(event, p.ObjectionRecorded))


def said_before(events: Iterable[e.Event], known: Iterable[e.Event]) -> tuple[str, ...]:
    """The receipts under which the same person has said the same of the same step already."""
    said = {_words(event) for event in events if isinstance(event, p.ObjectionRecorded)}
    return tuple(event.receipt for event in known if isinstance(event, p.ObjectionRecorded) and _words(event) in said)


def _words(event: p.ObjectionRecorded) -> tuple[str | None, ...]:
    return event.step, event.who, event.contact, event.objection


def _recorded(
    case: Case, now: Occasion, *, step: str, objector: Objector, objection: str, known: int
) -> p.ObjectionRecorded:
    return p.ObjectionRecorded(
        step=step,
        key=f"{step}-{known + 1}",
        on=now.on,
        who=objector.name.strip(),
        objection=objection.strip(),
        officer="" if objector.contact else now.by.name,
        contact=objector.contact.strip() or None,
        receipt=f"{case.number}-异议-{known + 1}",
        party=objector.party,
    )


def answer_objections(case: Case, now: Occasion, *, step: str, keys: Iterable[str], answer: str) -> tuple[e.Event, ...]:
    """答复异议: what was found out, whether it holds. Each of these once, and each with a record of its own."""
    held, chosen = _running(case, step), tuple(dict.fromkeys(keys))
    if not chosen:
        raise Invalid([FieldError("key", "请勾选要答复的异议。")])
    if any(held.objections.get(key, True) for key in chosen):
        raise Refused("nothing_to_answer", "没有待答复的这条异议，可能刚被别人答复过。请刷新页面。")
    required(answer=answer)
    not_for_oneself(case, now.by)
    return tuple(
        p.ObjectionAnswered(step=step, key=key, on=now.on, answer=answer.strip(), officer=now.by.name) for key in chosen
    )


def _running(case: Case, step: str) -> Publicity:
    in_state(case, State.ACCEPTED, "这件申请不在审查中。")
    if step not in case.publicity:
        raise Refused("not_published", "这个环节没有在网上公示。")
    return case.publicity[step]


def _publicity_step(case: Case, now: Occasion, key: str) -> Step:
    in_state(case, State.ACCEPTED, "这件申请不在审查中。")
    for step in open_steps(case, now.item):
        if step.key == key and step.kind is StepKind.PUBLICITY:
            return step
    raise Refused("step_not_open", "现在没有这个公示环节可以办。请刷新页面。")
