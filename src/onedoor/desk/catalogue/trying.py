"""按群众的样子试一试: what one applicant would be asked and told, by an item that need not be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.desk.fields.labels import CODES
from onedoor.desk.fields.saying import say, say_limit, say_worker
from onedoor.items.rules import ProjectType, for_situation
from onedoor.items.rules.facts import labels_of, may_apply, surely_applies
from onedoor.kernel.expr import describe
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.ui.parts import Fact, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onedoor.items.rules import Item, Material, Situation
    from onedoor.items.rules.facts import DueFee
    from onedoor.kernel.plan import Step


@dataclass(frozen=True, slots=True)
class Brought:
    """One material as the applicant reads it."""

    name: str
    tag: Tag
    told: str
    condition: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The page: questions, and what comes of the answers."""

    item: Item
    questions: tuple[Question, ...]
    answers: Mapping[str, str]
    limit: str
    materials: tuple[Brought, ...]
    left_out: int
    fees: tuple[Fact, ...]
    steps: tuple[Fact, ...]
    guide: tuple[Fact, ...]


def trial(item: Item, given: Mapping[str, str]) -> Trial:
    """What these answers lead to; an answer that is none of the choices, or to what is not asked, is passed over."""
    answers: dict[str, str] = {}
    asked = []
    for situation in item.situations:
        if surely_applies(situation.when, answers):
            asked.append(_question(situation))
            if given.get(situation.key) in {option.value for option in situation.options}:
                answers[situation.key] = given[situation.key]
    narrowed = for_situation(item, answers)
    materials = tuple(_brought(one, item, answers) for one in item.materials if may_apply(one.when, answers))
    return Trial(
        item=item,
        questions=tuple(asked),
        answers=answers,
        limit=_("当场办结") if item.project_type is ProjectType.ON_THE_SPOT else say_limit(narrowed.promised),
        materials=materials,
        left_out=len(item.materials) - len(materials),
        fees=tuple(Fact(fee.name, _due(fee)) for fee in narrowed.fees),
        steps=tuple(Fact(step.name, _step(step)) for step in narrowed.steps),
        guide=tuple(_guide(item)),
    )


def _question(situation: Situation) -> Question:
    options = tuple(Option(option.value, option.label) for option in situation.options)
    return Question(situation.key, situation.question, QuestionKind.CHOICE, hint=situation.hint, options=options)


def _brought(material: Material, item: Item, answers: Mapping[str, str]) -> Brought:
    undecided = not surely_applies(material.when, answers)
    return Brought(
        name=material.name,
        tag=Tag(str(CODES[type(material.source)][material.source]), Tone.GO if material.exempt else Tone.TODO),
        told=material.instruction,
        condition=describe(material.when, labels_of(item)) if material.when is not None and undecided else "",
    )


def _due(fee: DueFee) -> str:
    if fee.reduction is None:
        return fee.standard
    return _("%(standard)s\n依据：%(basis)s") % {"standard": fee.standard, "basis": fee.reduction.basis}


def _step(step: Step) -> str:
    who = say_worker(step)
    return _("%(who)s，%(limit)s") % {"who": who, "limit": step.limit} if step.limit else who


def _guide(item: Item) -> list[Fact]:
    words = labels_of(item)
    told = [
        Fact(_("办理机关"), item.organ_name),
        Fact(_("谁可以办"), say(item.audiences, words)),
        Fact(_("办理条件"), "\n".join(one.text for one in item.conditions)),
        Fact(_("到现场"), _("%(visits)s 次") % {"visits": item.visits}),
        Fact(_("办理地点"), say(item.places, words)),
        Fact(_("咨询电话"), item.contacts.enquiry),
        Fact(_("结果"), item.result.name),
    ]
    return [one for one in told if one.value]
