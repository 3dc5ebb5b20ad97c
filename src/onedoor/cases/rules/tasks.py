"""Who owes what next (待办): the tasks of a case, derived from its state; nobody stores "the current step"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules import hearing
from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.clocks import ClockKind, governing_clock, profile_of, step_clock
from onedoor.cases.rules.ending import checked_by
from onedoor.cases.rules.gathering import asked
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.requesting import open_request
from onedoor.cases.rules.values import REQUEST_NAMES, Case, Outcome, Request, State
from onedoor.items.rules.facts import shorter_limit
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Act, Target
from onedoor.kernel.clock import GROUND_NAMES, due, local_date
from onedoor.kernel.expr import holds
from onedoor.kernel.plan import Place, Plan, Step, StepKind, applicable
from onedoor.kernel.workdays import Calendar

ACCEPTANCE = "accept"
DELIVERY = "deliver"
CHECK = "check the promise"  # no key of a step: they are single words
ANSWER = "the answer from above"
RECALL = "the withdrawal to be told above"
SPECIAL = "special"
REQUEST = "holder request"
RELIEF = "relief "  # before the key of the step


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that one organ owes on one case, with the day by which it is owed and the limit that says so."""

    key: str
    name: str
    act: Act
    organ: str
    due: date | None
    clock: ClockKind | None = None


def tasks(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[Task, ...]:
    """Everything owed now; empty while the applicant is waited for, while the result is made, and at the end."""
    if case.state is State.SUBMITTED:
        whole = whole_end(case, item, calendar)
        acceptance = Task(ACCEPTANCE, "受理", Act.ACCEPT, case.owners[ACCEPTANCE], *whole)
        return (acceptance, *_opinions(case, item, calendar))
    if case.state is State.ACCEPTED:
        whole = whole_end(case, item, calendar)
        if case.above:
            name = f"催办并登记上级决定：{case.above.organ}"
            return (Task(ANSWER, name, Act.REVIEW, case.owners[case.above.step], *whole),)
        steps = tuple(
            task_at(case, step, whole=whole, calendar=calendar)
            for step in open_steps(case, item)
            if is_task(case, step)
        )
        return (*_around(case, item, calendar), *_reliefs(case), *steps, *_visits(case, item))
    if case.state is State.CLOSED and case.delivered is None and case.outcome is not Outcome.WITHDRAWN:
        name = "统一出件" if item.members else "送达"
        owed = (Task(DELIVERY, name, Act.DELIVER, case.organ, *whole_end(case, item, calendar)),)
        return (*owed, *_after(case, item, calendar))
    return _after(case, item, calendar)


def _after(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[Task, ...]:
    """What is owed when a case is over: what its holder asks for, the promise on which it was granted, and the word to
    the upper level that it was withdrawn.
    """
    day = checked_by(case, item, calendar) if case.state is State.CLOSED else None
    name = "整改复查" if case.check else "事后核查"
    check = (Task(CHECK, name, Act.REVIEW, case.organ, day),) if day else ()
    return (*_requested(case), *check, *_recalled(case))


def _recalled(case: Case) -> tuple[Task, ...]:
    """告知上级撤回: without a day of its own, as no law names one."""
    above = case.unaware
    return (Task(RECALL, f"告知上级撤回：{above.organ}", Act.REVIEW, case.owners[above.step], None),) if above else ()


def _requested(case: Case) -> tuple[Task, ...]:
    """What the holder asked for: 补发 is done by whoever delivers, 注销 decided by whoever may end what was granted."""
    asked = open_request(case)
    if asked is None:
        return ()
    power = Act.DELIVER if asked.what is Request.REISSUE else Act.REVOKE
    return (Task(REQUEST, f"持证人申请{REQUEST_NAMES[asked.what]}", power, case.organ, None),)


def _reliefs(case: Case) -> tuple[Task, ...]:
    """减免 that was proposed, for whoever approves for the organ: as an extension it is 本机关负责人's."""
    return tuple(
        Task(f"{RELIEF}{key}", "批准减免", Act.EXTEND, case.owners[key], None)
        for key, held in case.payments.items()
        if held.waits and held.relief
    )


def _opinions(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[Task, ...]:
    """材料意见 that the organs of a bundle's members owe before the one notice."""
    return tuple(
        Task(member.key, f"提材料意见：{member.name}", Act.REVIEW, case.owners[member.key], last, ClockKind.STEP)
        for member, last in asked(case, item, calendar)
        if member.key not in case.opinions
    )


def _visits(case: Case, item: ItemVersion) -> tuple[Task, ...]:
    """What each organ owes to a joint visit: first the names of those whom it sends, then its part of the record."""
    visit = case.visit
    if visit is None:
        return ()
    return tuple(
        Task(
            key,
            f"{'签联合踏勘记录' if key in visit.crews else '报联合踏勘人员'}：{item.plan.step(key).name}",
            Act.REVIEW,
            case.owners[key],
            local_date(visit.meets),
        )
        for key in visit.waiting
    )


def _around(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[Task, ...]:
    """What is owed beside the plan: a hearing, and the end of a special procedure by the day that was told."""
    found = [Task(one.key, one.name, Act.SUSPEND, case.organ, one.due) for one in hearing.owed(case, item, calendar)]
    if stop := case.procedure:
        name = f"结束特别程序：{GROUND_NAMES[stop.ground]}"
        found.append(Task(SPECIAL, name, Act.SUSPEND, case.organ, stop.notified_end))
    return tuple(found)


def target_of(case: Case, owner: str | None = None) -> Target:
    """What an act on this case is aimed at; for a task, the organ that owns it."""
    owner = case.above.step if case.above and owner in {ANSWER, RECALL} else owner
    owner = owner.removeprefix(RELIEF) if owner else owner
    organs = frozenset({case.owners[owner]}) if owner in case.owners else case.organs
    return Target(organs, case.area, case.applicant, case.item, case.number)


def act_of(step: Step) -> Act:
    """The legal act that a step is."""
    return Act.DECIDE if step.decides else Act.REVIEW


End = tuple[date | None, ClockKind | None]


def whole_end(case: Case, item: ItemVersion, calendar: Calendar) -> End:
    """When the limits of the whole case end: the earliest, with its name."""
    end = governing_clock(case, profile_of(case, item), calendar)
    return (end[1].date, end[0]) if end else (None, None)


def is_task(case: Case, step: Step) -> bool:
    """Whether an open step is owed on this case now: that of a member is owed there, the decision after a hearing, and
    what the platform does by itself by nobody.
    """
    if step.decides:
        return not (case.hearing and case.hearing.pending)
    return step.kind is not StepKind.CHILD and not by_platform(case, step)


def task_at(case: Case, step: Step, *, whole: End, calendar: Calendar) -> Task:
    """What an open step is as a task; ``whole``: when the limits of the case end."""
    if step.kind is StepKind.PAYMENT:
        return _payment_at(case, step, whole=whole)
    clock = step_clock(case, step)
    own = due(clock, calendar).date if clock else None
    by_hand = step.kind is StepKind.REGISTER_CHECK and step.key in case.by_hand
    name = f"人工核对：{step.name}" if by_hand else step.name
    return Task(step.key, name, act_of(step), case.owners[step.key], *_sooner(own, whole))


def _payment_at(case: Case, step: Step, *, whole: End) -> Task:
    """To say how much by a tariff; then to record what came, or to go on when its last day passed without it."""
    held = case.payments.get(step.key)
    if held and held.waits:
        return Task(step.key, f"登记缴费：{step.name}", Act.REVIEW, case.owners[step.key], *_sooner(held.until, whole))
    return Task(step.key, f"核定应缴金额：{step.name}", Act.REVIEW, case.owners[step.key], *whole)


def _sooner(own: date | None, whole: End) -> End:
    """The step's own limit only where it ends before the limits of the whole case (就短不就长)."""
    return (own, ClockKind.STEP) if own and (whole[0] is None or own < whole[0]) else whole


def owners(plan: Plan, *, own: str, township: str | None) -> dict[str, str]:
    """Which organ owns acceptance and each step: 实施主体, the township government, or the organ named."""
    places = {Place.OWN: own, Place.TOWNSHIP: township or own}
    named = {ACCEPTANCE: plan.acceptance, **{step.key: step.organ for step in plan.steps}}
    return {key: places.get(Place(organ), own) if organ in set(Place) else organ for key, organ in named.items()}


def chosen_promise(item: ItemVersion, facts: Mapping[str, object]) -> bool:
    """Whether these answers choose 告知承诺 for the whole permit."""
    when = item.promise.when
    return item.promise.offered and when is not None and holds(when, facts)


def promise_for(item: ItemVersion, facts: Mapping[str, object]) -> str:
    """The key of the shorter limit that is promised in this situation; "" where it is the general one."""
    found = shorter_limit(item, facts)
    return found.key if found else ""


def called_for(plan: Plan, facts: Mapping[str, object]) -> tuple[str, ...]:
    """The keys of the steps that these answers call for."""
    return tuple(step.key for step in applicable(plan, facts))  # type: ignore[arg-type]
