"""Is a form sound? And what its answers are as facts: kinds for checking, names for describing."""

from __future__ import annotations

from onedoor.kernel import expr
from onedoor.kernel.expr import Expr, FactType, Kind, Schema
from onedoor.kernel.journey.values import Form, Question, QuestionKind
from onedoor.kernel.tree import Fault, Path

_KINDS = {
    QuestionKind.INTEGER: Kind.INT,
    QuestionKind.DECIMAL: Kind.DECIMAL,
    QuestionKind.MONEY: Kind.DECIMAL,
    QuestionKind.DATE: Kind.DATE,
    QuestionKind.PAST_DATE: Kind.DATE,
    QuestionKind.YES_NO: Kind.BOOL,
    QuestionKind.CHOICES: Kind.LIST,
}


def schema(form: Form) -> dict[str, FactType]:
    """What kind of fact each question gives, for ``expr.check``."""
    return {question.key: _fact_type(question) for question in form.questions}


def labels(form: Form) -> dict[str, str]:
    """Names of questions and of their options, for ``expr.describe``."""
    names = {question.key: question.label for question in form.questions}
    options = {
        f"{question.key}={option.value}": option.label for question in form.questions for option in question.options
    }
    return names | options


def check(form: Form, facts: Schema | None = None) -> tuple[Fault, ...]:
    """Faults of the conditions: each may read only ``facts`` and the questions before it."""
    known = dict(facts or {})
    faults: list[Fault] = []
    for number, page in enumerate(form.pages):
        path: Path = ("pages", number)
        faults += _condition(page.when, known, (*path, "when"))
        for index, question in enumerate(page.questions):
            faults += _condition(question.when, known, (*path, "questions", index, "when"))
            known[question.key] = _fact_type(question)
    return tuple(faults)


def _condition(when: Expr | None, known: Schema, path: Path) -> list[Fault]:
    if when is None:
        return []
    return [
        Fault(path, "form.when", f"{text}（条件只能用排在前面的问题）")
        for text in expr.check(when, known, expected=Kind.BOOL)
    ]


def _fact_type(question: Question) -> FactType:
    options = tuple(option.value for option in question.options)
    return FactType(_KINDS.get(question.kind, Kind.TEXT), options)
