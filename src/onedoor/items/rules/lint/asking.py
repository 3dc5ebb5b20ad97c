"""What is asked: every question and every branch can be reached, is needed, and is not known already."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onedoor.items.rules.codes import Audience, Source
from onedoor.items.rules.facts import schema_of
from onedoor.items.rules.lint.findings import Remark, Severity, rule
from onedoor.items.rules.lint.reach import World, world
from onedoor.items.rules.lint.references import conditions_of
from onedoor.items.rules.lint.tables import Lists
from onedoor.items.rules.values import Item
from onedoor.kernel import expr
from onedoor.kernel.expr import Expr, Kind, Schema
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.kernel.law import law
from onedoor.kernel.tree import Path

_WHAT = {
    "materials": "这份材料", "situations": "这个情形", "fees": "这项收费", "plan": "这个环节", "form": "这个问题",
    "shorter_limits": "这个承诺时限",
}  # fmt: skip


@rule(
    "reach.conditions",
    "每个情形、材料、环节、问题都有人走得到",
    basis="优化营商环境条例第三十五条：办事指南应当明确、可执行",
    remedy="改条件，使它在某种回答下成立；用不着的一项删去",
)
def reachable(item: Item, lists: Lists) -> Iterator[Remark]:
    """No condition that no applicant can fulfil, whatever is answered; situations see only those asked before them."""
    found = tuple(conditions_of(item))
    if not found:
        return
    facts, schema = world(item, (when for _, when in found)), schema_of(item)
    before: set[str] = set()
    for index, situation in enumerate(item.situations):
        when = situation.when
        if when is not None and not facts.possible(when, seen=frozenset(before)) and _sound(when, schema):
            yield _never(("situations", index, "when"), "（情形的条件只能用排在前面的情形）")
        before.add(situation.key)
    alone = ((path, (when,)) for path, when in found if path[0] not in ("situations", "form"))
    for path, conditions in (*alone, *_reductions(item, facts), *_form_conditions(item)):
        if not facts.possible(*conditions) and all(_sound(when, schema) for when in conditions):
            yield _never(path, "" if len(conditions) == 1 or path[0] == "form" else "（和收费的条件不能同时成立）")


def _reductions(item: Item, facts: World) -> Iterator[tuple[Path, tuple[Expr, ...]]]:
    """Each reduction of a fee that is due only in some situations, with the condition of the fee.

    What can never hold by itself is told already.
    """
    for number, fee in enumerate(item.fees):
        for index, row in enumerate(fee.reductions):
            if fee.when is not None and facts.possible(row.when):
                yield ("fees", number, "reductions", index, "when"), (fee.when, row.when)


def _form_conditions(item: Item) -> Iterator[tuple[Path, tuple[Expr, ...]]]:
    """Each condition of the form together with that of its page."""
    for number, page in enumerate(item.form.pages):
        around = () if page.when is None else (page.when,)
        if around:
            yield ("form", "pages", number, "when"), around
        for index, question in enumerate(page.questions):
            if question.when is not None:
                yield ("form", "pages", number, "questions", index, "when"), (*around, question.when)


def _sound(when: Expr, schema: Schema) -> bool:
    """What does not exist or does not fit is the matter of another rule."""
    return not expr.check(when, schema, expected=Kind.BOOL)


def _never(path: Path, hint: str = "") -> Remark:
    what = "这一页" if path[:2] == ("form", "pages") and len(path) == 4 else _WHAT[str(path[0])]
    what = "这项减免" if "reductions" in path else what
    return Remark(path, f"无论怎样回答，{what}的条件都不会成立{hint}")


@law("行政许可法", 31)
@rule(
    "form.unused",
    "表单只问有人用的",
    basis="行政许可法第三十一条；个人信息保护法第六条",
    remedy="删去这个问题，或者在审查标准、受理标准里写明它用来判断什么",
    severity=Severity.WARNING,
)
def unused(item: Item, lists: Lists) -> Iterator[Remark]:
    """A question is used where a condition reads it, a register checks it or the platform needs it (contact, delivery);
    where it must be answered and the answers make up an application that officers judge; or where what they judge by
    speaks of it: enough of the letter pairs of its label stand in those texts. A bundle asks what its members ask.
    """
    if item.members:
        return
    application = any(material.source is Source.FORM for material in item.materials)
    read = {name for _, when in conditions_of(item) for name in expr.facts(when)}
    judged = cache(lambda: "\n".join(_texts(item)))
    for number, page in enumerate(item.form.pages):
        for index, question in enumerate(page.questions):
            if question.key in read or _known(question, lists) or (application and question.required):
                continue
            pairs = _pairs(question.label)
            if 100 * sum(pair in judged() for pair in pairs) < lists.mention_percent * len(pairs):
                path = ("form", "pages", number, "questions", index)
                yield Remark(path, f"“{question.label}”没有被任何条件、材料、审查标准用到")


def _known(question: Question, lists: Lists) -> bool:
    platform = question.key.startswith(lists.platform_questions) or question.kind is QuestionKind.AREA
    return platform or bool(question.prefill)


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _texts(item: Item) -> Iterator[str]:
    for material in item.materials:
        yield from (material.name, material.instruction, material.criteria, material.spec, material.source_detail)
    for step in item.plan.steps:
        yield from (step.name, step.criteria)
    for stage in item.flow:
        yield from (stage.criteria, stage.result)
    yield from (row.text for row in (*item.conditions, *item.prohibited))
    yield from (f"{fee.standard}{fee.notes}" for fee in item.fees)
    yield from (f"{row.name}{row.notes}" for row in item.special_procedures)
    result = item.result
    yield from (item.name, item.summary, item.limit_notes, item.quantity_limit, item.rights, item.promise.text)
    yield from (result.name, result.validity, result.area, result.renewal, result.inspection)


@rule(
    "form.prefill",
    "登记簿已有的不再填",
    basis="国务院关于在线政务服务的若干规定第七条",
    remedy="在这个问题里选好从哪里预填（文件里写 prefill），申请人只核对",
    severity=Severity.WARNING,
)
def prefilled(item: Item, lists: Lists) -> Iterator[Remark]:
    """The first question for an identity number, a company code or a telephone is filled in from the registers."""
    asked: set[str] = set()
    for number, page in enumerate(item.form.pages):
        for index, question in enumerate(page.questions):
            source = lists.known_answers.get(question.kind.value, "")
            if not source or question.kind.value in asked or not _own(source, item):
                continue
            asked.add(question.kind.value)
            if not question.prefill:
                path = ("form", "pages", number, "questions", index, "prefill")
                message = f"“{question.label}”可以从登记簿预填（prefill: {source}）"
                yield Remark(path, message, basis=lists.basis["known_answers"])


def _own(source: str, item: Item) -> bool:
    for_person = Audience.PERSON in item.audiences
    return for_person if source.startswith("person.") else any(one is not Audience.PERSON for one in item.audiences)
