"""迁移到新版本: whether a running case may go on under a newer version of its item, and what that changes.

What is finished stays finished: a move maps every finished step onto the same step of the new plan, or it is refused
by name. So a case after a move is the one that the same acts would have made of it under the new version.
A move asks of the applicant nothing new once the case is accepted, and makes no limit longer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import wanted
from onedoor.cases.rules.demands import LONGEST_TEXT
from onedoor.cases.rules.limits import worsened
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import ACCEPTANCE, owners
from onedoor.cases.rules.values import UNDECIDED, Case, State
from onedoor.items.rules.codes import Necessity, Source
from onedoor.items.rules.facts import labels_of, schema_of
from onedoor.items.rules.values import Item, ItemVersion, Material
from onedoor.kernel import expr
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.expr import Expr, Value, holds
from onedoor.kernel.law import Article, law
from onedoor.kernel.plan import Plan, Step, StepKind, without

NO_RETROACTION = Article("立法法", "104")
ONE_NOTICE = Article("行政许可法", "32(1).4")
RUNNING = UNDECIDED
BY_ANSWERS = "by_answers"  # the code of the one reason that a closer look may clear
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, as far as a move asks: cases that stand alike move alike.

    ``on_hand``: the materials that were handed in; None = not looked at.
    """

    state: State
    steps: tuple[str, ...]
    done: frozenset[str]
    owners: Mapping[str, str]
    notified: bool = False
    extended: bool = False
    on_hand: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case stays under its version. ``code`` is for machines, ``told`` names what stands in the way."""

    code: str
    told: str
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Stays:
    """A case that cannot be moved, with every reason."""

    reasons: tuple[Reason, ...]

    @property
    def unsure(self) -> bool:
        """Whether nothing speaks against it but what the applicant's own answers decide."""
        return all(reason.code == BY_ANSWERS for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Move:
    """What a move changes: the steps then called for, and the difference to now."""

    steps: tuple[str, ...]
    owners: dict[str, str]
    fallen: tuple[Step, ...] = ()
    added: tuple[Step, ...] = ()
    changed: tuple[Step, ...] = ()
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class _Look:
    """One case held against two versions; ``steps`` are those of the new plan that this case calls for."""

    case: Standing
    before: Item
    after: Item
    answers: Answers | None
    owners: dict[str, str]
    steps: tuple[Step, ...] = ()
    needs: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))


def standing(case: Case) -> Standing:
    """Where this case stands: what was asked of the applicant, or paid, is done as far as a move asks."""
    asked = (key for key, held in case.payments.items() if held.lapsed is None)
    return Standing(
        state=case.state,
        steps=case.steps,
        done=frozenset({*case.results, *asked, *([case.above.step] if case.above else ())}),  # sent up: review is over
        owners=case.owners,
        notified=case.supplement is not None,
        extended=bool(case.added),
        on_hand=frozenset({key for key, files in case.materials.items() if files} | {*case.paper, *case.promised}),
    )


@law("立法法", 104)
@law("行政许可法", "32(1).4")
def plan_move(
    case: Standing, before: Item, after: Item, *, answers: Answers | None = None, township: str | None = None
) -> Move | Stays:
    """Whether a case that stands so may go on under ``after``, and what that changes; else every reason why not.

    Without ``answers`` it says ``BY_ANSWERS`` where they decide. ``township``: who owns the steps of the township.
    Both versions are of one item, and their plans are sound.
    """
    if case.state not in RUNNING:
        return Stays((Reason("decided", "已经作出决定或者办结，不再迁移。"),))
    if before.members or after.members:
        return Stays((Reason("bundle", "一件事的主件不迁移，按原版本办完；其中各部门的办件可以分别迁移。"),))
    named = owners(after.plan, own=after.organ, township=township)
    look = _Look(case, before, after, answers, named)
    called, reasons = _called(look)
    steps = without(after.plan.steps, {step.key for step in after.plan.steps if step.key not in called})
    look = _Look(case, before, after, answers, named, steps, _reach(steps))
    asked, doubts = _newly_asked(look)
    reasons += [*_finished(look), *_order(look), *_asked_too_late(look, asked), *doubts]
    worse = worsened(before.clock, after.clock, accepted=case.state is State.ACCEPTED, extended=case.extended)
    reasons += (Reason("limit", told, NO_RETROACTION) for told in worse)
    return Stays(tuple(dict.fromkeys(reasons))) if reasons else _difference(look, asked)


def _difference(look: _Look, asked: tuple[Material, ...]) -> Move:
    called = {step.key: step for step in look.steps}
    held = {step.key: step for step in look.before.plan.steps if step.key in look.case.steps}
    both = [step for key, step in called.items() if key in held and key not in look.case.done]
    return Move(
        steps=tuple(called),
        owners=look.owners,
        fallen=tuple(step for key, step in held.items() if key not in called),
        added=tuple(step for key, step in called.items() if key not in held),
        changed=tuple(s for s in both if s.kind is not held[s.key].kind or not _same_organ(look, s.key)),
        materials=asked,
    )


def _called(look: _Look) -> tuple[set[str], list[Reason]]:
    """The steps of the new plan that this case calls for, and where that cannot be said."""
    called, reasons, held = set[str](), list[Reason](), _by_key(look.before.plan)
    for step in look.after.plan.steps:
        old = held.get(step.key)
        if old is not None and old.when == step.when:
            true, doubt = step.key in look.case.steps, list[Reason]()
        else:
            true, doubt = _truth(look, step.when, f"环节「{step.name}」")
        reasons += doubt
        if true:
            called.add(step.key)
    return called, reasons


def _truth(look: _Look, when: Expr | None, whose: str) -> tuple[bool, list[Reason]]:
    """Whether a condition of the new version holds for this case; and why that cannot be said, where it cannot."""
    if when is None:
        return True, []
    if look.answers is not None:
        return holds(when, look.answers), _unanswered(look, when, whose)
    for step in look.before.plan.steps:
        if step.when == when:
            return step.key in look.case.steps, []
    return False, [Reason(BY_ANSWERS, f"新版的{whose}要看申请人填的内容，须逐件核对。")]


def _unanswered(look: _Look, when: Expr, whose: str) -> list[Reason]:
    """The questions that a condition hangs on and that this applicant was never asked, or answered otherwise."""
    known, asks, told = schema_of(look.before), schema_of(look.after), labels_of(look.after)
    found = []
    for name in sorted(expr.facts(when)):
        options = asks[name].options if name in asks else ()
        given = (look.answers or {}).get(name)
        lost = isinstance(given, str) and bool(options) and given not in options
        if lost or (given is None and name not in known):
            found.append(Reason("unanswered", f"新版的{whose}要看「{told.get(name, name)}」，这件申请没有这样答过。"))
    return found


def _finished(look: _Look) -> Iterator[Reason]:
    """Each finished step has its counterpart: the same key, the same kind, the same organ, officers enough."""
    called, held = {step.key: step for step in look.steps}, _by_key(look.before.plan)
    if look.case.state is State.ACCEPTED and not _same_organ(look, ACCEPTANCE):
        yield Reason("acceptance", "已经受理，新版改由别的机关受理。")
    for key in (step.key for step in look.before.plan.steps if step.key in look.case.done):
        done = "已经通知缴费" if held[key].kind is StepKind.PAYMENT else "已经办结"
        name = f"「{held[key].name}」{done}，新版"
        if key not in called:
            yield Reason("step_gone", f"{name}没有这个环节。")
        elif called[key].kind is not held[key].kind:
            yield Reason("step_kind", f"{name}把它改成了另一种环节。")
        elif not _same_organ(look, key):
            yield Reason("step_organ", f"{name}改由别的机关办理。")
        elif called[key].officers > held[key].officers:
            yield Reason("step_officers", f"{name}要求 {called[key].officers} 名以上工作人员。")


def _order(look: _Look) -> Iterator[Reason]:
    """What is finished was finished in the order that the new plan demands: nothing before what it needs."""
    names = {step.key: step.name for step in look.steps}
    held = without(look.before.plan.steps, set(_by_key(look.before.plan)) - set(look.case.steps))
    before = _reach(held)
    for key in (step.key for step in look.steps if step.key in look.case.done):
        for need in (step.key for step in look.steps if step.key in look.needs[key]):
            if need not in look.case.done:
                yield Reason("step_needs", f"「{names[key]}」已经办结，新版要求它等「{names[need]}」办完再办。")
            elif need not in before.get(key, frozenset()):
                yield Reason("step_order", f"「{names[need]}」和「{names[key]}」都已办结，新版才规定先后。")


def _asked_too_late(look: _Look, asked: tuple[Material, ...]) -> Iterator[Reason]:
    """Once a case is accepted, or its one notice is out, nothing more may be asked of the applicant."""
    if look.case.state is State.SUBMITTED and not look.case.notified:
        return
    since = "已经受理" if look.case.state is State.ACCEPTED else "已经一次性告知过"
    for material in asked:
        yield Reason("material", f"{since}，新版多要「{material.name}」，不得再要求补交。", ONE_NOTICE)


def _newly_asked(look: _Look) -> tuple[tuple[Material, ...], list[Reason]]:
    """The materials that the applicant would have to bring and was not asked for; and where that cannot be said."""
    if look.answers is not None:
        asked = {material.key for material in wanted(look.before, look.answers)} | (look.case.on_hand or frozenset())
        doubts = [
            doubt for m in look.after.materials if _must(m) for doubt in _truth(look, m.when, f"材料「{m.name}」")[1]
        ]
        return tuple(m for m in wanted(look.after, look.answers) if m.key not in asked), doubts
    held = {material.key: material for material in look.before.materials}
    found, doubts = [], []
    for material in (m for m in look.after.materials if _must(m)):
        old = held.get(material.key)
        if old is not None and _must(old) and old.when in (None, material.when):
            continue
        true, doubt = _truth(look, material.when, f"材料「{material.name}」")
        if true and old is not None and look.case.on_hand is None:
            doubt = [Reason(BY_ANSWERS, f"新版必交「{material.name}」，要看是否已经交过，须逐件核对。")]
        doubts += doubt
        if true and not doubt and material.key not in (look.case.on_hand or ()):
            found.append(material)
    return tuple(found), doubts


def _must(material: Material) -> bool:
    return material.necessity is Necessity.REQUIRED and material.source is Source.APPLICANT


def _same_organ(look: _Look, key: str) -> bool:
    return look.case.owners.get(key) == look.owners.get(key)


def _by_key(plan: Plan) -> dict[str, Step]:
    return {step.key: step for step in plan.steps}


def _reach(steps: tuple[Step, ...]) -> dict[str, frozenset[str]]:
    """For each step everything that must be finished before it, directly or not."""
    needs, found = {step.key: step.after for step in steps}, {}
    for step in steps:
        reached, waiting = set[str](), list(step.after)
        while waiting:
            key = waiting.pop()
            if key not in reached:
                reached.add(key)
                waiting += needs.get(key, ())
        found[step.key] = frozenset(reached)
    return found


def move(
    case: Case, now: Occasion, *, after: ItemVersion, answers: Answers, township: str | None, run: int = 0
) -> tuple[e.CaseMoved, ...]:
    """迁移到新版本: the running case goes on under ``after``. Raises Refused with every reason why it cannot."""
    if after.code != case.item or after.number <= now.item.number or after.effective_from > now.on:
        raise Refused("not_newer", "只能迁移到同一事项已经生效的更新版本。")
    found = plan_move(standing(case), now.item, after, answers=answers, township=township)
    if isinstance(found, Stays):
        told = "".join(reason.told for reason in found.reasons)
        raise Refused(found.reasons[0].code, told, found.reasons[0].article)
    return (
        e.CaseMoved(
            on=now.on,
            from_version=case.item_version,
            to_version=after.id,
            number=after.number,
            item_name=after.name,
            steps=found.steps,
            owners=found.owners,
            fallen=tuple(step.key for step in found.fallen),
            added=tuple(step.key for step in found.added),
            released=tuple(step.key for step in (*found.fallen, *found.changed) if step.key in case.holders),
            materials=tuple(material.key for material in found.materials),
            run=run,
            officer=now.by.name,
        ),
    )


def move_back(case: Case, now: Occasion, *, touched: bool, run: int = 0) -> tuple[e.CaseMovedBack, ...]:
    """撤回迁移: back to the version before, only while nothing was done since (``touched``). Raises Refused."""
    if case.moved is None:
        raise Refused("not_moved", "这件没有迁移过，或者已经撤回。")
    if touched or case.state not in RUNNING:
        raise Refused("touched", "迁移以后已经办过事，不能撤回。请在新版本下继续办理。")
    return (e.CaseMovedBack(on=now.on, to_version=case.moved.item_version, run=run, officer=now.by.name),)


def keep(case: Case, now: Occasion, *, reason: str) -> tuple[e.CaseKept, ...]:
    """留在原版本: runs leave this case out from now on; it may still be moved by itself. Raises Refused or Invalid."""
    if case.state not in RUNNING:
        raise Refused("decided", "已经作出决定或者办结，不再迁移。")
    if case.stays:
        raise Refused("kept_already", "这件已经决定留在原版本。")
    if not reason.strip():
        raise Invalid([FieldError("reason", "请写明为什么留在原版本。")])
    if len(reason) > LONGEST_TEXT or "\0" in reason:
        raise Invalid([FieldError("reason", f"理由过长，请控制在 {LONGEST_TEXT} 字以内。")])
    return (e.CaseKept(on=now.on, item_version=case.item_version, reason=reason.strip(), officer=now.by.name),)
