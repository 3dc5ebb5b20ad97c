"""An application (申请) as it comes in: what must be there, and what it is checked against before it is received."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from onedoor.cases.rules.values import Case, PaperForm, Pledge
from onedoor.items.rules.codes import Necessity, Source
from onedoor.items.rules.facts import PROVIDED
from onedoor.items.rules.values import Item, ItemVersion, Material
from onedoor.kernel import expr, sm
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.expr import Expr, Value, holds
from onedoor.kernel.journey import Question, QuestionKind, clean_all
from onedoor.kernel.law import law

PASSWORD_DIGITS = 8
FORM = "form"  # the form itself, where a notice or a correction names it like a material
# Why such an answer cannot be taken quotes what was typed; a notice's lines stand in the journal for good.
_QUOTED = {QuestionKind.DATE, QuestionKind.PAST_DATE, QuestionKind.ID_NUMBER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What a person hands in: raw answers by question key (of situations and form), vault file ids by material.

    Only a window may say the last two: ``paper``, what was handed over on paper; ``incomplete``, that it takes in an
    application whose form or materials are not complete, to tell once what is missing (行政许可法 §32(1)(四)).
    ``promised``: the applicant's choice for single materials: to bring it later (容缺), or to promise in its place.
    """

    item: str
    answers: Mapping[str, object]
    situations: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    applicant: str
    electronic_service: bool = True
    agent: str | None = None
    paper: Mapping[str, PaperForm] = field(default_factory=dict)
    incomplete: bool = False
    agent_name: str = ""
    agent_station: str = ""
    promised: Mapping[str, Pledge] = field(default_factory=dict)

    @property
    def from_window(self) -> bool:
        """Whether it says what only a window may say."""
        return bool(self.paper) or self.incomplete

    def digest(self) -> str:
        """SHA-256 of the whole request: the same idempotency key may only come back with the same digest."""
        whole = [
            self.item,
            self.answers,
            self.situations,
            self.materials,
            self.applicant,
            self.electronic_service,
            self.agent,
            *([self.paper, self.incomplete] if self.from_window else ()),
            *([self.promised] if self.promised else ()),
        ]
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """申请回执: the number, the query password, and by when the organ must answer."""

    number: str
    password: str
    received: date
    due: date | None
    provisional: bool
    repeated: bool = False


def clean(application: Application, item: ItemVersion, *, today: date, mandated: bool = False) -> dict[str, Value]:
    """The facts of the application: cleaned answers of situations and form. Invalid with every fault at once.

    ``mandated``: the platform knows the agent's mandate, so that no 授权委托书 is asked for (行政许可法 §29).
    Of an incomplete one only what ``deciding`` names must be right: the rest is told once, by ``missing``.
    """
    facts, errors = _standing(application, item, mandated=mandated)
    cleaned = clean_all(item.form, application.answers, today=today, facts=facts)
    facts |= cleaned.values
    waits = _may_wait(item) if application.incomplete else frozenset()
    errors += [error for error in cleaned.errors if error.field not in waits]
    known = {material.key for material in item.materials}
    strange = [key for key in {**application.materials, **application.paper} if key not in known]
    errors += [FieldError(f"materials.{key}", "事项没有这份材料，请刷新页面后重新上传。") for key in strange]
    offered = promisable(item, facts)
    errors += [
        FieldError(f"materials.{key}", "这份材料不能后补，也不能用承诺代替，请刷新页面后重新选择。")
        for key, pledge in application.promised.items()
        if pledge not in offered.get(key, ())
    ]
    if not errors and not application.incomplete:
        errors = [
            FieldError(f"materials.{material.key}", _please(material, offered.get(material.key, ())))
            for material in lacking(application, item, facts)
        ]
    if errors:
        raise Invalid(errors)
    return facts


def deciding(item: Item) -> frozenset[str]:
    """The questions of the form without whose answers nobody knows what must be told, or to whom the case belongs.

    A condition of a material or a step hangs on them, or they ask for a place, or such a question hangs on them.
    """
    asked_on = [(question, page) for page in item.form.pages for question in page.questions]
    found = _named(*(material.when for material in item.materials), *(step.when for step in item.plan.steps))
    found |= {question.key for question, _ in asked_on if question.kind is QuestionKind.AREA}
    for question, page in reversed(asked_on):  # a question hangs only on earlier ones
        if question.key in found:
            found |= _named(page.when, question.when)
    return frozenset(found.intersection(question.key for question, _ in asked_on))


def _named(*conditions: Expr | None) -> set[str]:
    return {name for when in conditions if when is not None for name in expr.facts(when)}


def _may_wait(item: Item) -> frozenset[str]:
    return frozenset(question.key for question in item.form.questions) - deciding(item)


@law("行政许可法", "32(1).4")
def missing(application: Application, item: ItemVersion, *, today: date) -> dict[str, str]:
    """What the one notice says of an application as it stands: material, or ``form`` → what is wrong and what to do.

    Of the form each fault stands on its own line.
    """
    facts, _ = _standing(application, item)
    cleaned = clean_all(item.form, application.answers, today=today, facts=facts)
    wrong = {error.field: error.message for error in cleaned.errors}
    lines = [_line(q, application.answers, wrong[q.key]) for q in item.form.questions if q.key in wrong]
    told = {FORM: "\n".join(lines)} if lines else {}
    for material in lacking(application, item, {**facts, **cleaned.values}):
        note = f"（{material.spec}）" if material.spec else ""
        told[material.key] = f"未提交。请提交{material.name}{note}。"
    return told


def lacking(application: Application, item: Item, facts: Mapping[str, Value]) -> tuple[Material, ...]:
    """What the applicant must bring, or promise, and did neither."""
    here = {key for key, files in application.materials.items() if files} | application.paper.keys()
    return tuple(m for m in due_from(item, facts) if m.key not in here | application.promised.keys())


def _please(material: Material, offered: tuple[Pledge, ...]) -> str:
    if Pledge.LATER in offered:
        return f"请上传“{material.name}”，或者选择以后补交。"
    if Pledge.INSTEAD in offered:
        return f"请上传“{material.name}”，或者选择用承诺代替。"
    return f"请上传“{material.name}”。"


def _line(question: Question, answers: Mapping[str, object], fault: str) -> str:
    if question.kind in _QUOTED and answers.get(question.key):
        return f"“{question.label}”填得不对。请核对后重填。"
    return f"{fault}。"


def _standing(
    application: Application, item: Item, *, mandated: bool = False
) -> tuple[dict[str, Value], list[FieldError]]:
    """What is known before the form: the situations, and what the platform supplies."""
    facts, errors = situated(item, application.situations)
    agent = bool(application.agent) and not mandated
    return {**facts, "applicant.kind": application.applicant.partition(":")[0], "applicant.agent": agent}, errors


def situated(item: Item, given: Mapping[str, str]) -> tuple[dict[str, Value], list[FieldError]]:
    """The answers to the item's situations (情形) that are asked of this applicant, and what is wrong with them."""
    facts: dict[str, Value] = {}
    errors: list[FieldError] = []
    for situation in item.situations:
        if situation.when is not None and not holds(situation.when, facts):
            continue
        answer = given.get(situation.key, "")
        if answer in {option.value for option in situation.options}:
            facts[situation.key] = answer
        else:
            errors.append(FieldError(f"situations.{situation.key}", f"请回答：{situation.question}"))
    return facts, errors


def clean_supplement(
    item: ItemVersion, *, answers: Mapping[str, object], before: Mapping[str, Value], today: date
) -> dict[str, Value]:
    """The facts with a corrected form: cleaned like the first; the situations stand as they were answered."""
    situations = {situation.key for situation in item.situations} | set(PROVIDED)
    kept = {key: value for key, value in before.items() if key in situations}
    cleaned = clean_all(item.form, answers, today=today, facts=kept)
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    return {**kept, **cleaned.values}


@law("行政许可法", 31)
def wanted(item: Item, answers: Mapping[str, Value]) -> tuple[Material, ...]:
    """The materials that this applicant must bring: needed in this situation, and not 免提交."""
    return tuple(
        material
        for material in asked(item, answers)
        if material.necessity is Necessity.REQUIRED and material.source is Source.APPLICANT
    )


def due_from(item: Item, answers: Mapping[str, Value]) -> tuple[Material, ...]:
    """What the applicant must bring or promise: ``wanted``, and what may come later (容缺)."""
    needed = {material.key for material in wanted(item, answers)}
    return tuple(
        material
        for material in asked(item, answers)
        if material.key in needed or (material.tolerated and material.source is Source.APPLICANT)
    )


def promisable(item: Item, answers: Mapping[str, Value]) -> dict[str, tuple[Pledge, ...]]:
    """What may be promised of which material, by the item; in a bundle what each organ that needs it takes."""
    offered = {
        material.key: (
            *((Pledge.LATER,) if material.tolerated else ()),
            *((Pledge.INSTEAD,) if material.pledge else ()),
        )
        for material in due_from(item, answers)
    }
    return {key: kinds for key, kinds in offered.items() if kinds}


def asked(item: Item, answers: Mapping[str, Value]) -> tuple[Material, ...]:
    """Every material that this situation calls for, whoever supplies it."""
    return tuple(m for m in item.materials if m.when is None or holds(m.when, answers))


def password_of(case: Case, secret: bytes) -> str:
    """The query password of a case; another once its applicant took it over from an agent, who knew the first."""
    return password(f"{case.number}/own" if case.agency_ended else case.number, secret)


def password(number: str, secret: bytes) -> str:
    """查询密码: derived, so that a repeated submission shows the same one and nobody stores it."""
    value = int.from_bytes(sm.sm3_hmac(secret, number.encode())[:8], "big")
    return f"{value % 10**PASSWORD_DIGITS:0{PASSWORD_DIGITS}d}"
