"""Synthetic applicants (示例申请人): for any form, answers that pass its own checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from onedoor.items.rules.values import Item
from onedoor.kernel import codes
from onedoor.kernel.expr import Value, holds
from onedoor.kernel.journey import Form, Question, QuestionKind, applicable


def situations(item: Item) -> dict[str, str]:
    """The first answer of every situation that is asked."""
    given: dict[str, Value] = {}
    for situation in item.situations:
        if situation.when is None or holds(situation.when, given):
            given[situation.key] = situation.options[0].value
    return {key: str(value) for key, value in given.items()}


def answers(form: Form, *, facts: Mapping[str, Value], today: date, area: str) -> dict[str, object]:
    """A complete set of answers. Raises ValueError naming the question where the form asks something unanswerable."""
    given: dict[str, object] = {}
    while open_ := [q for _, qs in applicable(form, given, facts=facts) for q in qs if q.key not in given]:
        given[open_[0].key] = answer(open_[0], today=today, area=area)
    return given


def answer(question: Question, *, today: date, area: str) -> object:
    """One valid answer to one question."""
    if question.options:
        first = question.options[0].value
        return [first] if question.kind is QuestionKind.CHOICES else first
    if question.kind is QuestionKind.AREA:
        return area
    if question.kind in {QuestionKind.DATE, QuestionKind.PAST_DATE}:
        return today.isoformat()
    if question.kind in _NUMBERS:
        return str(question.minimum if question.minimum is not None else 1)
    if question.kind is QuestionKind.YES_NO:
        return True
    return _fitting(question)


def _fitting(question: Question) -> str:
    candidates = [_PLAIN[question.kind](), *(make() for make in _PLAIN.values())] if question.pattern else []
    for candidate in candidates:
        if re.fullmatch(question.pattern, candidate):
            return candidate
    if question.pattern:
        raise ValueError(f"no synthetic answer for the pattern of {question.key!r}")
    return _PLAIN[question.kind]()[: question.longest]


_NUMBERS = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.MONEY})
_PLAIN: dict[QuestionKind, Callable[[], str]] = {
    QuestionKind.TEXT: lambda: "示例内容",
    QuestionKind.TEXTAREA: lambda: "示例说明",
    QuestionKind.ID_NUMBER: lambda: codes.make_id_number("530524", date(1980, 3, 1), 1),
    QuestionKind.USCC: lambda: codes.make_uscc("92530524", "MA6K0001"),
    QuestionKind.PHONE: lambda: "0875-7120000",
    QuestionKind.MOBILE: lambda: "13800000000",
    QuestionKind.EMAIL: lambda: "example@example.com",
    QuestionKind.PERSON_NAME: lambda: "示例人",
    QuestionKind.ADDRESS: lambda: "示例路一号附一号",
}
