"""A complete application of an invented party: every question answered, every material at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from onedoor.cases.rules.application import Application, due_from, situated
from onedoor.cases.rules.values import Pledge
from onedoor.demo import files
from onedoor.demo.people import Applicant
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.items.rules.values import Material
from onedoor.journal.rules import EntryMode
from onedoor.kernel.actor import Actor
from onedoor.kernel.expr import Value, holds
from onedoor.kernel.journey import Question, QuestionKind, applicable, clean_all
from onedoor.vault import commands as vault

LATER = {"starts_on": 20, "ends_on": 200, "replant_by": 400, "expected": 150}  # days from today
BORN_AGO = 12
PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an applicant wants: the item, in which situation, with which answers of one's own."""

    item: ItemVersion
    applicant: Applicant
    situations: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    later: tuple[str, ...] = ()  # materials that are promised for later (容缺)


def apply_for(wish: Wish, *, by: Actor, at: datetime, today: date) -> Application:
    """The application with its files in the vault, ready to submit. Files belong to ``by`` until then."""
    item = wish.item
    chosen = situations(wish)
    facts, _ = situated(item, chosen)
    facts |= {"applicant.kind": wish.applicant.ref.partition(":")[0], "applicant.agent": False}
    given = fill(wish, facts, today=today)
    cleaned = clean_all(item.form, given, today=today, facts=facts)
    needed = tuple(m for m in due_from(item, {**facts, **cleaned.values}) if m.key not in wish.later)
    return Application(
        item=item.code,
        answers=given,
        situations=chosen,
        materials=scan(needed, wish.applicant, by=by, at=at),
        applicant=wish.applicant.ref,
        promised=dict.fromkeys(wish.later, Pledge.LATER),
    )


def situations(wish: Wish) -> dict[str, str]:
    """The situation: what the story says, else the first choice of each question."""
    given: dict[str, Value] = {}
    for asked in wish.item.situations:
        if asked.when is None or holds(asked.when, given):
            given[asked.key] = wish.situations.get(asked.key, asked.options[0].value)
    return {key: str(value) for key, value in given.items()}


def fill(wish: Wish, facts: Mapping[str, Value], *, today: date) -> dict[str, object]:
    """An answer to every question that is asked."""
    form = wish.item.form
    given: dict[str, object] = {}
    while open_ := [q for _, qs in applicable(form, given, facts=facts) for q in qs if q.key not in given]:
        given[open_[0].key] = _answer(open_[0], wish, today)
    return given


def _answer(question: Question, wish: Wish, today: date) -> object:
    if question.key in wish.answers and _fits(question, wish.answers[question.key]):
        return wish.answers[question.key]
    values = wish.applicant.values
    whole = "entity.name" if question.kind is QuestionKind.TEXT and question.prefill == "person.name" else ""
    if found := values.get(whole) or values.get(question.prefill):
        return found
    if question.kind in {QuestionKind.DATE, QuestionKind.PAST_DATE}:
        past = question.kind is QuestionKind.PAST_DATE
        return (today + timedelta(days=-BORN_AGO if past else LATER.get(question.key, 0))).isoformat()
    own_kind = _BY_KIND.get(question.kind)
    if own_kind and values.get(own_kind) and not question.pattern:
        return values[own_kind]
    return synthetic.answer(question, today=today, area=wish.applicant.area)


def _fits(question: Question, answer: object) -> bool:
    """Items use the same key for different questions: an answer in words is none to a choice."""
    chosen = answer if isinstance(answer, list) else [answer]
    return not question.options or set(chosen) <= {option.value for option in question.options}


_BY_KIND = {
    QuestionKind.PERSON_NAME: "person.name",
    QuestionKind.ID_NUMBER: "person.id_number",
    QuestionKind.MOBILE: "person.mobile",
    QuestionKind.ADDRESS: "person.address",
    QuestionKind.USCC: "entity.uscc",
}


def scan(
    materials: tuple[Material, ...], applicant: Applicant, *, by: Actor, at: datetime
) -> dict[str, tuple[str, ...]]:
    """One small file for each material, stored in the vault."""
    found: dict[str, tuple[str, ...]] = {}
    for material in materials:
        if material.key == PHOTO:
            content, name = files.png(len(applicant.name) * 20 % 200), f"{material.name}.png"
        else:
            content = files.pdf("示例材料", material.name, f"提交人：{applicant.name}", "全部内容虚构，无法律效力")
            name = f"{material.name}.pdf"
        stored = vault.store(content, name=name[-80:], by=by, at=at, entry_mode=EntryMode.SIMULATED)
        found[material.key] = (stored.id,)
    return found
