"""回看 (what-if on the past): decided cases as a draft would have handled them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onedoor.cases.rules.application import wanted
from onedoor.items.rules.values import Item
from onedoor.kernel.expr import Value
from onedoor.kernel.plan import Step, applicable, schedule


@dataclass(frozen=True, slots=True)
class Past:
    """One decided case. ``answers``: None once erased; ``days``: step → the working days that it took then."""

    number: str
    before: Item
    called: frozenset[str]
    answers: Mapping[str, Value] | None
    on_hand: frozenset[str]
    days: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Changed:
    """One case that the draft would have handled otherwise: steps and materials by key, days from acceptance to
    decision then and under the draft.
    """

    number: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    asked: tuple[str, ...]
    days_then: int
    days: int


@dataclass(frozen=True, slots=True)
class Hindsight:
    """What the draft would have changed. ``erased``: cases whose answers are gone, of which nothing can be said.

    ``late_then``, ``late``: how many would pass the draft's promise with the days that they took, and with those that
    they would have taken.
    """

    cases: int
    erased: int
    added: Mapping[str, int]
    dropped: Mapping[str, int]
    asked: Mapping[str, int]
    changed: tuple[Changed, ...]
    late_then: int
    late: int


def hindsight(pasts: Sequence[Past], draft: Item, *, allotted: Mapping[str, int], promised: int) -> Hindsight:
    """Hold decided cases against a draft whose plan is sound. A step that a case had takes what it took; a new one
    takes what it is ``allotted``. ``promised``: working days.
    """
    told = [(past, past.answers) for past in pasts if past.answers is not None]
    every = [_held(past, answers, draft, allotted=allotted) for past, answers in told]
    changed = tuple(one for one in every if one.added or one.dropped or one.asked or one.days != one.days_then)
    return Hindsight(
        cases=len(every),
        erased=len(pasts) - len(every),
        added=_counted(one.added for one in every),
        dropped=_counted(one.dropped for one in every),
        asked=_counted(one.asked for one in every),
        changed=changed,
        late_then=sum(one.days_then > promised for one in every),
        late=sum(one.days > promised for one in every),
    )


def _held(past: Past, answers: Mapping[str, Value], draft: Item, *, allotted: Mapping[str, int]) -> Changed:
    steps = applicable(draft.plan, answers)
    keys = {step.key for step in steps}
    needed = {material.key for material in wanted(past.before, answers)} | past.on_hand
    then = tuple(step for step in applicable(past.before.plan, answers) if step.key in past.called)
    return Changed(
        number=past.number,
        added=tuple(step.key for step in steps if step.key not in past.called),
        dropped=tuple(step.key for step in past.before.plan.steps if step.key in past.called - keys),
        asked=tuple(material.key for material in wanted(draft, answers) if material.key not in needed),
        days_then=_total(then, past.days),
        days=_total(steps, {**allotted, **past.days}),
    )


def _total(steps: Sequence[Step], days: Mapping[str, int]) -> int:
    return max((span.finish for span in schedule(steps, days).values()), default=0)


def _counted(lists: Iterable[tuple[str, ...]]) -> Mapping[str, int]:
    return dict(Counter(key for keys in lists for key in keys).most_common())
