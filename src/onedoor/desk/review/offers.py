"""Which acts a case page offers to this officer now: the same questions that the commands ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from onedoor.cases.queries import CasePage, may
from onedoor.cases.rules.lifecycle import is_permit, merges
from onedoor.cases.rules.phases import word_for_grant
from onedoor.cases.rules.requesting import open_request
from onedoor.cases.rules.separating import parts, words
from onedoor.cases.rules.tasks import ACCEPTANCE, DELIVERY, Task
from onedoor.cases.rules.values import Outcome, State, Verdict
from onedoor.desk.review import joint
from onedoor.desk.review.endings import ending_acts
from onedoor.desk.review.hearing import hearing_acts
from onedoor.desk.review.offered import Offer
from onedoor.desk.review.overlooked import may_ask
from onedoor.desk.review.paying import payment_acts
from onedoor.desk.review.promises import receivable, verifiable
from onedoor.desk.review.publicity import publicity_acts
from onedoor.desk.review.upward import upward_acts
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import Ground, local_date
from onedoor.kernel.plan import StepKind

DONE: Final = frozenset({"step", "decide", "report_upward"})  # by which a step ends


def offers(page: CasePage, *, by: Actor) -> tuple[Offer, ...]:
    """The acts that this officer may do on this case now."""
    found: list[Offer] = []
    if page.case.state is State.SUBMITTED:
        found = [*_before_acceptance(page, by), *joint.before_acceptance(page, by=by)]
    elif page.case.state is State.ACCEPTED:
        single = [*_late_opinions(page, by), *_steps(page, by), *_around_review(page, by)]
        found = joint.in_review(page, by=by) if page.item.members else single
    elif any(task.key == DELIVERY for task in page.tasks) and may(page.case, Act.DELIVER, by=by):
        found = [Offer("deliver", _("统一出件") if page.item.members else _("送达"))]
    found += [Offer(key, label, step) for key, label, step in publicity_acts(page, by=by)]
    found = [*(Offer(key, label, step) for key, label, step in upward_acts(page, by=by)), *found]
    found = [*(Offer(key, label, step) for key, label, step in payment_acts(page, by=by)), *found]
    found += [Offer(key, label) for key, label in hearing_acts(page, by=by)]
    found += _promises(page, by)
    found += [Offer("ask_overlooked", _("追加请求漏看的材料"))] if may_ask(page, by=by) else []
    unasked = open_request(page.case) is None
    found += [Offer(key, label, rare=unasked and key != "check") for key, label in ending_acts(page, by=by)]
    return (*found, Offer("hand_over", _("移交给同事"))) if mine(page, by=by) else tuple(found)


def _promises(page: CasePage, by: Actor) -> list[Offer]:
    """What was promised of single materials: it comes to the window, or is verified."""
    found = [Offer("owed", _("收补交的材料"))] if receivable(page, by=by) else []
    return [*found, Offer("verify", _("核查承诺"))] if verifiable(page, by=by) else found


def mine(page: CasePage, *, by: Actor) -> tuple[Task, ...]:
    """The tasks of this case that this officer may do now, and may hand over."""
    return tuple(task for task in page.tasks if may(page.case, task.act, by=by, owner=task.key))


def merged(page: CasePage, *, by: Actor) -> tuple[str, ...]:
    """Which earlier parts of the case this officer did: in a small office allowed, and flagged in what follows."""
    owed = mine(page, by=by) if page.case.state is State.ACCEPTED else ()
    deciding = any(task.act is Act.DECIDE for task in owed)
    if not owed or not merges(page.case, by.ref, deciding=deciding):
        return ()
    return parts(page.case, page.item, by.ref, deciding=deciding)


def apart(page: CasePage, kept: Mapping[str, int], *, by: Actor) -> tuple[str, ...]:
    """Why these steps are left to colleagues, in one line for all that the same number of them can do."""
    alike: dict[tuple[bool, int], list[str]] = {}
    for step in page.steps:
        if step.key in kept:
            alike.setdefault((step.decides, kept[step.key]), []).append(step.name)
    return tuple(
        words(page.item, parts(page.case, page.item, by.ref, deciding=deciding), names, others=others)
        for (deciding, others), names in alike.items()
    )


def without(offered: Sequence[Offer], kept: Mapping[str, int]) -> tuple[Offer, ...]:
    """These acts without those by which a colleague is to do such a step."""
    return tuple(one for one in offered if not (one.key in DONE and one.step and one.step.key in kept))


def _before_acceptance(page: CasePage, by: Actor) -> list[Offer]:
    named = (
        (Act.ACCEPT, "accept", _("受理")),
        (Act.NOTIFY, "supplement", _("一次性告知补正")),
        (Act.REFUSE, "refuse", _("不受理、不予受理")),
    )
    return [Offer(key, label) for act, key, label in named if may(page.case, act, by=by, owner=ACCEPTANCE)]


def _steps(page: CasePage, by: Actor) -> list[Offer]:
    owed = {task.key: task for task in page.tasks}
    found = []
    for step in page.steps:
        if step.key in owed and may(page.case, owed[step.key].act, by=by, owner=step.key):
            if step.kind is StepKind.PAYMENT:
                continue
            if step.kind is StepKind.UPWARD:
                found += [] if is_permit(page.item) else [Offer("decide", _("不予上报，书面说明理由"))]
                continue
            key = "decide" if step.kind is StepKind.DECISION else "step"
            found.append(Offer(key, step.name, step))
    return found


def _late_opinions(page: CasePage, by: Actor) -> list[Offer]:
    """What may still be said where silence was settled, and what is to be answered before signing."""
    case = page.case
    deciding = next((step.key for step in page.steps if step.decides), None)
    found = []
    for step in page.steps:
        late, result = case.late.get(step.key), case.results.get(step.key)
        if late and late.taken is None and may(case, Act.DECIDE, by=by, owner=deciding):
            found.append(Offer("answer_late", _("答复迟到的意见：%(step)s") % {"step": step.name}, step))
        silent = result is not None and result.verdict is Verdict.SILENT
        if silent and not late and may(case, Act.REVIEW, by=by, owner=step.key):
            found.append(Offer("late_opinion", _("补来意见：%(step)s") % {"step": step.name}, step))
    return found


def _around_review(page: CasePage, by: Actor) -> list[Offer]:
    case, clock = page.case, page.item.clock
    found: list[Offer] = []
    if page.item.members or case.above:
        return found
    if case.results and (may(case, Act.REVIEW, by=by) or may(case, Act.DECIDE, by=by)):
        found.append(Offer("send_back", _("退回重办")))
    if may(case, Act.SUSPEND, by=by):
        if case.procedure:
            found.append(Offer("end_special", _("结束特别程序")))
        overrun = case.procedure is None or case.procedure.until < local_date(timezone.now())
        if overrun and any(allowed.ground is not Ground.HEARING for allowed in clock.grounds):
            found.append(Offer("start_special", _("启动特别程序")))
    if clock.extension and not case.added and may(case, Act.EXTEND, by=by):
        found.append(Offer("extend", _("延长期限")))
    return found


def outcome_names(page: CasePage) -> dict[Outcome, str]:
    """The two outcomes of a decision in the words of the item's kind; what the upper level decides is only refused."""
    grant = word_for_grant(page.item)
    if any(step.kind is StepKind.UPWARD for step in page.steps):
        return {Outcome.DENIED: _("不予%(act)s，退回申请人") % {"act": grant[2:]}}
    if grant.startswith("予"):
        return {Outcome.GRANTED: grant, Outcome.DENIED: _("不%(grant)s") % {"grant": grant}}
    return {Outcome.GRANTED: grant, Outcome.DENIED: _("不予%(act)s") % {"act": grant[2:]}}
