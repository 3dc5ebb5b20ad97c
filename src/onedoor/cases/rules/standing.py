"""Where a case stands: what is owed on it and until when, kept up to date by what an act changed.

``tasks`` and ``ends`` reckon every step anew. Of three hundred opinions side by side each would then cost three hundred
times; here an act that only did a step costs what rests on that step. Both ways agree at all times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter, is_not
from typing import TypeVar

from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.clocks import ClockKind, clock_ends, first_turn, profile_of
from onedoor.cases.rules.consulting import last_day
from onedoor.cases.rules.lifecycle import open_steps, steps_of
from onedoor.cases.rules.paying import asked_of
from onedoor.cases.rules.renewing import renewed_by
from onedoor.cases.rules.tasks import Task, is_task, task_at, tasks, whole_end
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.plan import Step, StepKind
from onedoor.kernel.workdays import Calendar, Due

V = TypeVar("V")
_DONE_BY_A_STEP = frozenset({"version", "results", "photos"})
_rest = attrgetter(*(field.name for field in fields(Case) if field.name not in _DONE_BY_A_STEP))


@dataclass(frozen=True, slots=True)
class Standing:
    """A case with what is owed on it, by key, and the last days of the opinions that are waited for.

    ``limits``: when those of the whole case end, which no step moves. ``steps``: those that the case needs;
    ``resting``: which of them need a step; ``automatic``: those that the platform is to do now.
    """

    case: Case
    item: ItemVersion
    calendar: Calendar
    limits: Mapping[ClockKind, Due]
    owed: Mapping[str, Task]
    waiting: Mapping[str, date]
    steps: Mapping[str, Step]
    resting: Mapping[str, tuple[str, ...]]
    automatic: frozenset[str]

    @property
    def days(self) -> set[date]:
        """Every day on which something owed or waited for is due, materials that were promised, what is to be paid and
        the end of a licence under renewal included.
        """
        renewed = renewed_by(self.case, self.item, self.calendar)
        found = {task.due for task in self.owed.values() if task.due}.union(
            self.waiting.values(), self.case.owed.values(), (held.until for held in asked_of(self.case).values())
        )
        return found | {renewed} if renewed else found

    def next_alarm(self, after: datetime) -> datetime | None:
        """The next moment after ``after`` at which something happens by itself: a limit of the case or the day of
        what is owed turns yellow or red, or silence has its effect.
        """
        ends = self.days.union(end.date for end in self.limits.values())
        return first_turn(ends, calendar=self.calendar, after=after)


def standing_of(case: Case, item: ItemVersion, calendar: Calendar) -> Standing:
    """Where a case stands, reckoned in full."""
    steps, begun = {step.key: step for step in steps_of(case, item)}, open_steps(case, item)
    resting: dict[str, list[str]] = {}
    for step in steps.values():
        for need in step.after:
            resting.setdefault(need, []).append(step.key)
    return Standing(
        case=case,
        item=item,
        calendar=calendar,
        limits=clock_ends(case, profile_of(case, item), calendar),
        owed={task.key: task for task in tasks(case, item, calendar)},
        waiting={step.key: last_day(case, step, calendar).date for step in _waited_for(begun)},
        steps=steps,
        resting={key: tuple(found) for key, found in resting.items()},
        automatic=_automatic(case, begun),
    )


def advanced(before: Standing, case: Case, *, item: ItemVersion, calendar: Calendar) -> Standing | None:
    """Where it stands after acts that only did steps; None where more changed, and all is to be reckoned anew."""
    held = before.case
    same = before.item is item and before.calendar is calendar and case.state is State.ACCEPTED
    if not same or any(map(is_not, _rest(held), _rest(case))):
        return None
    done = [key for key, result in case.results.items() if held.results.get(key) is not result]
    if len(case.results) != len(held.results) + len(done):
        return None
    begun = _begun(before, case, done)
    whole = whole_end(case, item, calendar) if begun else (None, None)
    own = [task_at(case, step, whole=whole, calendar=calendar) for step in begun if is_task(case, step)]
    waiting = {step.key: last_day(case, step, calendar).date for step in _waited_for(begun)}
    return Standing(
        case=case,
        item=item,
        calendar=calendar,
        limits=before.limits,
        owed=_without(before.owed, done) | {task.key: task for task in own},
        waiting=_without(before.waiting, done) | waiting,
        steps=before.steps,
        resting=before.resting,
        automatic=before.automatic.difference(done) | _automatic(case, begun),
    )


def changed(before: Standing, after: Standing) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """What is newly or otherwise owed, and the keys of what is no longer."""
    held = before.owed
    new = tuple(task for key, task in after.owed.items() if held.get(key) is not task)
    return new, tuple(held.keys() - after.owed.keys())


def _begun(before: Standing, case: Case, done: Iterable[str]) -> tuple[Step, ...]:
    """What these steps were the last to be waited for by."""
    resting = dict.fromkeys(key for step in done for key in before.resting.get(step, ()))
    found = (before.steps[key] for key in resting if key not in case.results)
    return tuple(step for step in found if case.results.keys() >= before.steps.keys() & step.after)


def _waited_for(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.kind is StepKind.OPINION and step.limit]


def _automatic(case: Case, steps: Iterable[Step]) -> frozenset[str]:
    return frozenset(step.key for step in steps if by_platform(case, step))


def _without(held: Mapping[str, V], gone: Iterable[str]) -> dict[str, V]:
    left = dict(held)
    for key in gone:
        left.pop(key, None)
    return left
