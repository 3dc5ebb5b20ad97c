"""What a citizen sees of a case: phase, clock, what was done, what comes next, what can be done now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases.queries import may, owing_of
from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import ClockKind, profile_of
from onedoor.cases.rules.events.ending import LicenceReissued
from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.phases import PHASE_NAMES, phase, remedies
from onedoor.cases.rules.tasks import ACCEPTANCE, DELIVERY, RECALL, REQUEST
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.cases.rules.values.hearing import APPLICANT
from onedoor.documents.rules import chinese_moment, yuan
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.portal.track.words import CLOCKS
from onedoor.ui import cases as parts
from onedoor.ui.dates import plain_day
from onedoor.ui.members import TONES
from onedoor.ui.parts import ClockBox, Moment, Tag, Tone
from onedoor.ui.story import moments

if TYPE_CHECKING:
    from datetime import datetime

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.carrying import Owing
    from onedoor.cases.rules.clocks import Running
    from onedoor.kernel.actor import Actor

# GB/T 39046-2020 A.8.
LEVELS = {
    "5": gettext_lazy("非常满意"),
    "4": gettext_lazy("满意"),
    "3": gettext_lazy("基本满意"),
    "2": gettext_lazy("不满意"),
    "1": gettext_lazy("非常不满意"),
}
WITHDRAWABLE = frozenset({State.SUBMITTED, State.SUPPLEMENT, State.ACCEPTED})
REFUSALS = frozenset({Outcome.DENIED, Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT})


@dataclass(frozen=True, slots=True)
class Offers:
    """What this visitor can do on the case now."""

    supplement: bool
    owed: bool
    withdraw: bool
    rate: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """What the applicant said afterwards."""

    level: int
    comment: str
    at: datetime

    @property
    def word(self) -> str:
        """The level in words."""
        return str(LEVELS.get(str(self.level), ""))


@dataclass(frozen=True, slots=True)
class Answer:
    """Why an application was refused or not taken, where to turn, and what one can do about it."""

    reason: str
    where_to_turn: str
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One material that was promised for later, whose promise proved untrue, or that was overlooked (``free``)."""

    key: str
    name: str
    told: str
    note: str
    late: bool
    free: bool


def owed_rows(page: CasePage) -> tuple[Owed, ...]:
    """What is still to come, the earliest day first; of a bundle each once, with every permit that waits for it."""
    found: dict[str, list[Owing]] = {}
    for one in sorted(owing_of(page), key=lambda one: (one.due is None, one.due or date.max)):
        found.setdefault(one.material, []).append(one)
    return tuple(_owed(page, key, waiting) for key, waiting in found.items())


def _owed(page: CasePage, key: str, waiting: list[Owing]) -> Owed:
    material, names = page.item.material(key), {member.key: member.name for member in page.item.members}
    told = [f"{names[one.member]}：{_by_when(one)}" if one.member else _by_when(one) for one in waiting]
    late, free = any(one.late for one in waiting), all(one.asked for one in waiting)
    return Owed(key, material.name, " ".join(told), material.spec, late, free)


def _by_when(one: Owing) -> str:
    if one.asked:
        return one.asked
    if one.untrue:
        return _("您的承诺经核查不实，请交这份证明。")
    if one.due is None:
        return _("受理以后告诉您最迟哪天交；现在也可以交。")
    words = _("已经过了%(day)s，请尽快交。") if one.late else _("请在%(day)s前交来。")
    return words % {"day": plain_day(one.due, year=True)}


def phase_tag(case: Case) -> Tag:
    """The phase with its colour."""
    now = phase(case)
    return Tag(PHASE_NAMES[now], TONES[now])


def offers(page: CasePage, *, by: Actor) -> Offers:
    """The same questions that the commands ask."""
    case = page.case
    return Offers(
        supplement=case.state is State.SUPPLEMENT and may(case, Act.SUPPLEMENT, by=by),
        owed=case.state is not State.SUPPLEMENT and may(case, Act.SUPPLEMENT, by=by) and bool(owing_of(page)),
        withdraw=case.state in WITHDRAWABLE and may(case, Act.WITHDRAW, by=by),
        rate=case.state is State.CLOSED and case.rating is None and may(case, Act.RATE, by=by),
    )


def clock_boxes(page: CasePage) -> tuple[ClockBox, ...]:
    """What is left and why; the promise first, the law's own limit as a line beneath it."""
    if page.case.state is State.SUPPLEMENT and page.case.supplement:
        count = len(page.case.supplement.materials)
        told = (_("补齐之前不计算办理期限；一次补齐，不会再提别的要求。"),)
        return (ClockBox(_("等您补正"), _("要补 %(count)s 处") % {"count": count}, told, tone=Tone.TODO),)
    if not page.clocks:
        return ()
    order = sorted(page.clocks, key=lambda running: running.kind is not ClockKind.PROMISED)
    box = replace(parts.clock_box(order[0], page), label=str(CLOCKS[order[0].kind]))
    lines = [*box.lines, *(_line(running) for running in order[1:])]
    if order[0].kind is ClockKind.ACCEPTANCE and page.item.clock.silence_accepts:
        lines.append(_("逾期没有告知您的，自收到申请之日起即为受理。"))
    return (replace(box, lines=tuple(lines)),)


def _line(running: Running) -> str:
    due = running.due
    tentative = _("（暂定）") if due.provisional else ""
    left = (
        _("已超 %(over)s %(unit)s") % {"over": -running.left, "unit": parts.UNITS[running.clock.limit.unit]}
        if running.left < 0
        else _("%(due)s前") % {"due": plain_day(due.date, year=True)}
    )
    basis = running.clock.limit.basis
    law = _("，依据%(basis)s") % {"basis": basis} if basis else ""
    return f"{CLOCKS[running.kind]}：{left}{tentative}{law}。"


def answer(page: CasePage) -> Answer | None:
    """A refusal in its own words; None for every other outcome."""
    if page.case.outcome not in REFUSALS:
        return None
    reason, where = "", ""
    for fact in page.facts:
        if isinstance(fact.event, e.Decided | e.UpperDecided):
            reason = fact.event.reasons or ""
        if isinstance(fact.event, e.AcceptanceRefused):
            reason, where = fact.event.reason or "", fact.event.where_to_turn
    if page.case.above and page.case.above.came:
        told = _("不服的，按上级机关决定文书上写明的途径，申请行政复议或者提起诉讼。")
        return Answer(reason, where, (told,))
    return Answer(reason, where, remedies(page.item))


def hearing(page: CasePage) -> dict[str, object]:
    """How far a hearing of this case is, in one sentence, and whether the applicant still has to answer."""
    held, today = page.case.hearing, local_date(timezone.now())
    if held is None:
        return {"hearing": "", "may_ask": False}
    asking = page.case.state is State.ACCEPTED and APPLICANT in held.open_rights(today)
    if held.recorded:
        told = _("听证已经举行，决定会根据笔录作出。")
    elif held.meeting:
        told = _("听证：%(at)s，%(place)s。") % {"at": chinese_moment(held.meeting.at), "place": held.meeting.place}
    elif held.until:
        told = _("最迟%(day)s前举行听证，时间、地点另行通知您。") % {"day": plain_day(held.until, year=True)}
    elif asking:
        told = _("您可以在%(day)s前要求听证，不收任何费用。") % {"day": plain_day(held.rights[APPLICANT], year=True)}
    else:
        told = _("已经告知听证权利。作决定以前，您随时可以陈述意见。")
    return {"hearing": told, "may_ask": asking}


def story(page: CasePage) -> tuple[Moment, ...]:
    """办理经过: what was done, what is under way, what comes next."""
    now = tuple(Moment(text, note=note, state="now") for text, note in _under_way(page))
    coming = tuple(Moment(text, state="next") for text in _coming(page))
    return (*moments(page, officers=False), *now, *coming)


def next_steps(page: CasePage) -> tuple[str, ...]:
    """What happens after submission, for the receipt."""
    clock = profile_of(page.case, page.item)
    first = _("%(organ)s审核您的材料") % {"organ": page.item.organ_name}
    if clock.acceptance:
        first += _("，%(limit)s内告诉您是否受理；材料不齐的，一次告诉您要补什么") % {"limit": clock.acceptance}
    decided = (
        _("受理后%(limit)s内办结") % {"limit": clock.promised}
        if clock.promised.start == "accepted"
        else _("收到申请后%(limit)s内办结") % {"limit": clock.promised}
    )
    return (
        f"{first}。",
        _("%(decided)s，进度用站内消息和短信告诉您。") % {"decided": decided},
        _("办成后%(way)s。") % {"way": _delivery(page.case)},
    )


def _delivery(case: Case) -> str:
    return _("在“我的”里下载结果") if case.electronic_service else _("到窗口领取或者邮寄结果")


def _under_way(page: CasePage) -> tuple[tuple[str, str], ...]:
    state = page.case.state
    if state is State.SUBMITTED:
        return ((_("审核材料，决定是否受理"), parts.organ_name(page, page.case.owners[ACCEPTANCE])),)
    if state is State.SUPPLEMENT:
        return ((_("等您补正材料"), ""),)
    if state is State.ACCEPTED and page.case.above:
        return ((_("等上级机关决定，您不用再交材料"), page.case.above.organ),)
    if state is State.ACCEPTED:
        running = (s for s in page.steps if s.key in page.case.children and s.key not in page.case.results)
        told = page.case.visit.waiting if page.case.visit else ()  # the visit stands above, once for all
        unpaid = asked_of(page.case)
        pays = {key: _("等您缴费 %(amount)s") % {"amount": yuan(held.cents)} for key, held in unpaid.items()}
        owed = [(pays.get(task.key, task.name), task.organ) for task in page.tasks if task.key not in told]
        owed += [(step.name, step.organ) for step in running]
        return tuple((name, parts.organ_name(page, organ)) for name, organ in owed)
    if state is State.DECIDED:
        return ((_("制作结果"), parts.organ_name(page, page.case.organ)),)
    asked = tuple((t.name, parts.organ_name(page, t.organ)) for t in page.tasks if t.key in {REQUEST, RECALL})
    waits = _("等您领取文书") if page.case.outcome in REFUSALS else _("等您领取结果")
    return (*asked, (waits, "")) if any(task.key == DELIVERY for task in page.tasks) else asked


def _coming(page: CasePage) -> tuple[str, ...]:
    state = page.case.state
    if state is State.CLOSED:
        return ()
    if state is State.DECIDED:
        return (_("送达结果"),)
    begun = {task.key for task in page.tasks} | page.case.results.keys() | page.case.children.keys()
    above = page.case.above.step if page.case.above else ""
    steps = tuple(step.name for step in page.steps if step.key not in begun and step.key != above)
    before = (_("受理"),) if state in {State.SUBMITTED, State.SUPPLEMENT} else ()
    return (*before, *steps, _("送达结果"))


def handlers(page: CasePage) -> tuple[str, ...]:
    """Who has the case now; the organ of the item where nobody owes anything."""
    running = [step.organ for step in page.steps if step.key in page.case.children.keys() - page.case.results.keys()]
    if page.case.above and page.case.state is State.ACCEPTED:
        return (page.case.above.organ, parts.organ_name(page, page.case.owners[page.case.above.step]))
    codes = dict.fromkeys([*(task.organ for task in page.tasks), *running]) or {page.case.organ: None}
    return tuple(dict.fromkeys(parts.organ_name(page, code) for code in codes))


def result_files(page: CasePage) -> tuple[str, ...]:
    """The vault files of the result: the decision, and the licence where there is one."""
    closed = [fact.event for fact in page.facts if isinstance(fact.event, e.Closed)]
    anew = [fact.event.file for fact in page.facts if isinstance(fact.event, LicenceReissued)]
    files = closed[-1].files if closed else ()
    return (*files[:1], anew[-1]) if anew else files


def rating(page: CasePage) -> Rating | None:
    """What the applicant said about this case; the words are gone once they were erased."""
    for fact in reversed(page.facts):
        if isinstance(fact.event, e.Rated):
            return Rating(fact.event.level, fact.event.comment or "", fact.at)
    return None
