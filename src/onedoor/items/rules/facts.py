"""What an item's conditions may ask about, and what remains of it for one applicant (情形)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onedoor.items.rules.values import Fee, Item, Material, Reduction, ShorterLimit, Situation
from onedoor.kernel import expr, journey
from onedoor.kernel.clock import Limit
from onedoor.kernel.expr import Expr, FactType, Kind, evaluate, facts, holds
from onedoor.kernel.expr.nodes import All, AnyOf, Not
from onedoor.kernel.journey import Form, Page, Question, QuestionKind
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step, applicable

SITUATION = "situation-"  # how the pages of situations begin in the address of a form

PROVIDED: Mapping[str, FactType] = {
    "applicant.kind": FactType(Kind.TEXT, ("person", "entity")),
    "applicant.agent": FactType(Kind.BOOL),
}
"""Facts that the platform supplies for every case: 自然人或者单位, 是否委托他人代办."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """An item for one applicant: the questions still to ask, the materials, steps, fees and the limit that apply."""

    situations: tuple[Situation, ...]
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    fees: tuple[DueFee, ...]
    shorter: ShorterLimit | None
    promised: Limit


@dataclass(frozen=True, slots=True)
class DueFee:
    """What one applicant owes of a fee: the amount of the list, or what a reduction leaves of it."""

    fee: Fee
    reduction: Reduction | None = None

    @property
    def name(self) -> str:
        """The name on the list of fees."""
        return self.fee.name

    @property
    def standard(self) -> str:
        """How much, in words."""
        return self.reduction.standard if self.reduction else self.fee.standard

    @property
    def cents(self) -> int | None:
        """How much in 分, None where a tariff decides."""
        return self.reduction.cents if self.reduction else self.fee.cents

    @property
    def waived(self) -> bool:
        """免收."""
        return self.cents == 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item asks, also of one that is not complete yet."""

    situations: tuple[Situation, ...]
    form: journey.Form


def schema_of(item: Item | Asked) -> dict[str, FactType]:
    """All facts that conditions of this item may use: provided ones, situations, questions of the form."""
    situations = {s.key: FactType(Kind.TEXT, tuple(o.value for o in s.options)) for s in item.situations}
    return {**PROVIDED, **situations, **journey.schema(item.form)}


def labels_of(item: Item | Asked) -> dict[str, str]:
    """Chinese names of the facts and their options, for describing conditions."""
    names = {"applicant.kind": "申请人类型", "applicant.agent": "委托他人代办"}
    names |= {"applicant.kind=person": "个人", "applicant.kind=entity": "单位"}
    for situation in item.situations:
        names[situation.key] = situation.question.rstrip("？?")
        names |= {f"{situation.key}={option.value}": option.label for option in situation.options}
    return names | journey.labels(item.form)


def whole_form(item: Item) -> Form:
    """One journey: each situation is a page of one question, then come the pages of the form."""
    return Form((*(_page(situation) for situation in item.situations), *item.form.pages))


def _page(situation: Situation) -> Page:
    options = tuple(journey.Option(option.value, option.label) for option in situation.options)
    question = Question(situation.key, situation.question, QuestionKind.CHOICE, hint=situation.hint, options=options)
    return Page(f"{SITUATION}{situation.key}", situation.question, (question,), when=situation.when)


def registered(item: Item, facts: Mapping[str, object]) -> dict[str, str]:
    """The situations that these facts answer (``Situation.known``), each as far as it is asked after those before it.

    A fact that is missing answers nothing.
    """
    found: dict[str, str] = {}
    for situation in item.situations:
        known = situation.known
        if known is None or not expr.facts(known) <= facts.keys() or not _applies(situation.when, {**facts, **found}):
            continue
        answer = evaluate(known, facts)
        if any(option.value == answer for option in situation.options):
            found[situation.key] = str(answer)
    return found


def for_situation(item: Item, facts: Mapping[str, object]) -> Narrowed:
    """Narrow an item by what is known; a condition whose facts are missing does not hold."""
    return Narrowed(
        situations=tuple(s for s in item.situations if s.key not in facts and _applies(s.when, facts)),
        materials=tuple(m for m in item.materials if _applies(m.when, facts)),
        steps=applicable(item.plan, facts),  # type: ignore[arg-type]
        fees=tuple(DueFee(f, reduction_for(f, facts)) for f in item.fees if _applies(f.when, facts)),
        shorter=(shorter := shorter_limit(item, facts)),
        promised=shorter.limit if shorter else item.clock.promised,
    )


@law("行政许可法", 42)
def shorter_limit(item: Item, facts: Mapping[str, object]) -> ShorterLimit | None:
    """The shortest of the promises made to this applicant; None where it is what everybody is promised.

    A promise that is not shorter than the general one, in the same unit from the same start, is none.
    """
    found = (one for one in item.shorter_limits if is_shorter(one.limit, item.clock.promised))
    return min((one for one in found if holds(one.when, facts)), key=lambda one: one.limit.number, default=None)


def is_shorter(limit: Limit, general: Limit) -> bool:
    """On the spot (0) is shorter than whatever takes days; else only what is counted alike can be compared."""
    alike = (limit.unit, limit.start) == (general.unit, general.start)
    return limit.number < general.number and (alike or limit.number == 0)


def reduction_for(fee: Fee, facts: Mapping[str, object]) -> Reduction | None:
    """The reduction that leaves least to pay; of those that a tariff decides the first. None raises a fee."""
    found = [one for one in fee.reductions if holds(one.when, facts) and _less(one, fee)]
    return min(found, key=lambda one: (one.cents is None, one.cents or 0), default=None)


def _less(reduction: Reduction, fee: Fee) -> bool:
    return reduction.cents is None or fee.cents is None or reduction.cents < fee.cents


def may_apply(when: Expr | None, known: Mapping[str, object]) -> bool:
    """Whether a condition holds or might still hold: a fact that is not known yet rules nothing out."""
    return when is None or _might(when, known)


def surely_applies(when: Expr | None, known: Mapping[str, object]) -> bool:
    """Whether a condition holds whatever is still to be told."""
    return when is None or _surely(when, known)


def _might(expr: Expr, known: Mapping[str, object]) -> bool:
    match expr:
        case All(parts):
            return all(_might(part, known) for part in parts)
        case AnyOf(parts):
            return any(_might(part, known) for part in parts)
        case Not(part):
            return not _surely(part, known)
    return bool(facts(expr) - known.keys()) or holds(expr, known)


def _surely(expr: Expr, known: Mapping[str, object]) -> bool:
    match expr:
        case All(parts):
            return all(_surely(part, known) for part in parts)
        case AnyOf(parts):
            return any(_surely(part, known) for part in parts)
        case Not(part):
            return not _might(part, known)
    return not facts(expr) - known.keys() and holds(expr, known)


def _applies(when: Expr | None, facts: Mapping[str, object]) -> bool:
    return when is None or holds(when, facts)
