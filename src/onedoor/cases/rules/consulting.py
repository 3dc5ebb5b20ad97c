"""征求意见: who was asked, who has answered, who is late, what silence means, and what comes after the join.

DOMAIN: silence has an effect only as the plan says, never for what the law itself demands; an opinion that comes late
is no longer waited for, but shown to the decider until signing, with a recorded answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.clocks import step_clock
from onedoor.cases.rules.demands import in_state, not_for_oneself, not_presiding, required
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.lifecycle import open_steps, steps_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, LateOpinion, State, StepResult, Verdict
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import due
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.plan import Step, StepKind
from onedoor.kernel.workdays import Calendar, Due


@dataclass(frozen=True, slots=True)
class Asked:
    """One opinion that is asked for. ``due`` None: not asked yet, or without a limit; ``late``: after its last day."""

    step: Step
    organ: str
    begun: bool
    due: date | None
    late: bool
    result: StepResult | None = None
    opinion: str | None = None
    after: LateOpinion | None = None
    answer: str | None = None

    @property
    def answered(self) -> bool:
        """Whether the department itself has spoken, in time or late."""
        return bool(self.after or (self.result and self.result.verdict is not Verdict.SILENT))


def overview(
    case: Case, item: ItemVersion, facts: Sequence[Fact], *, calendar: Calendar, on: date
) -> tuple[Asked, ...]:
    """Every opinion that this case calls for, in the plan's order; texts as they were last given, None once erased."""
    waiting = {step.key for step in open_steps(case, item)}
    said = {f.event.step: f.event.opinion for f in facts if isinstance(f.event, e.StepCompleted | e.LateOpinionGiven)}
    answers = {f.event.step: f.event.reason for f in facts if isinstance(f.event, e.LateOpinionAnswered)}
    found = []
    for step in steps_of(case, item):
        if step.kind is not StepKind.OPINION:
            continue
        result, after = case.results.get(step.key), case.late.get(step.key)
        begun = step.key in waiting or result is not None
        last = last_day(case, step, calendar).date if step.limit and begun else None
        came = after.on if after else result.on if result else on
        late = bool(last and came > last)
        spoken = after or (result and result.verdict is not Verdict.SILENT)
        found.append(
            Asked(
                step=step,
                organ=case.owners[step.key],
                begun=begun,
                due=last,
                late=late,
                result=result,
                opinion=said.get(step.key) if spoken else None,
                after=after,
                answer=answers.get(step.key) if after and after.taken is not None else None,
            )
        )
    return tuple(found)


def ends(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[date, ...]:
    """The last days of the opinions that are waited for: moments at which silence has its effect."""
    return tuple(last_day(case, step, calendar).date for step in _waited_for(case, item))


def fallen_silent(case: Case, item: ItemVersion, *, calendar: Calendar, on: date) -> tuple[e.Event, ...]:
    """The opinions whose last day passed before ``on`` without an answer, each once for each last day.

    A day in a year whose holidays are not published yet has no effect until they are.
    """
    found = []
    for step in _waited_for(case, item):
        last = last_day(case, step, calendar)
        if on > last.date and not last.provisional and case.silent.get(step.key) != last.date:
            found.append(
                e.OpinionFellSilent(step=step.key, effect=step.silence, due=last.date, on=on, basis=step.silence_basis)
            )
    return tuple(found)


def give_late_opinion(case: Case, now: Occasion, *, step: str, verdict: Verdict, opinion: str) -> tuple[e.Event, ...]:
    """补来意见: where silence was settled, the department may still speak until the decision is signed, once."""
    in_state(case, State.ACCEPTED, "已经作出决定，意见不能再补。")
    result = case.results.get(step)
    if result is None or result.verdict is not Verdict.SILENT or step in case.late:
        raise Refused("not_silent", "这个环节没有因为逾期而不再等待，或者意见已经补过。请刷新页面。")
    if verdict is Verdict.SILENT:
        raise Invalid([FieldError("verdict", "请选择结论。")])
    required(opinion=opinion)
    not_for_oneself(case, now.by)
    not_presiding(case, now.by)
    return (e.LateOpinionGiven(step=step, verdict=verdict, on=now.on, opinion=opinion, officer=now.by.name),)


def answer_late_opinion(case: Case, now: Occasion, *, step: str, taken: bool, reason: str) -> tuple[e.Event, ...]:
    """答复迟到的意见: 采纳 makes it the result of its step, 不采纳 leaves what silence brought; both with reasons."""
    in_state(case, State.ACCEPTED, "已经作出决定，不需要再答复。")
    late = case.late.get(step)
    if late is None or late.taken is not None:
        raise Refused("nothing_to_answer", "没有待答复的迟到意见，可能刚被别人答复过。请刷新页面。")
    required(reason=reason)
    not_for_oneself(case, now.by)
    return (e.LateOpinionAnswered(step=step, taken=taken, on=now.on, reason=reason, officer=now.by.name),)


def _waited_for(case: Case, item: ItemVersion) -> list[Step]:
    if not any(_may_fall_silent(step) for step in item.plan.steps):  # of most items: spares reckoning what is open
        return []
    return [step for step in open_steps(case, item) if _may_fall_silent(step)]


def _may_fall_silent(step: Step) -> bool:
    return step.kind is StepKind.OPINION and step.limit is not None


def last_day(case: Case, step: Step, calendar: Calendar) -> Due:
    """The last day for an opinion that is asked for. ValueError where the step has no limit."""
    clock = step_clock(case, step)
    if clock is None:
        raise ValueError(f"{step.key} has no limit")
    return due(clock, calendar)
