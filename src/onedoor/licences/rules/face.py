"""证照面: what a licence says beside number, holder, organ and day, and how its code is written for people to type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from onedoor.documents.rules import Field, chinese_date
from onedoor.items.rules.values import Item
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.kernel.law import law
from onedoor.licences.rules.licence import TOKEN_CHARACTERS

GROUP = 4  # characters of a code that are read at a glance
UNKNOWN_END = "（截止日期没有在本平台登记，请向颁发机构核实）"
_ITSELF = re.compile(
    "以.*(载明|记载)|核准载明|与原许可证"
)  # a rule of validity that sends its reader to the licence itself
_FOR_EVER = frozenset({"", "长期", "长期有效"})
_DAYS = frozenset({QuestionKind.DATE, QuestionKind.PAST_DATE})
_PLACES = frozenset({QuestionKind.ADDRESS, QuestionKind.TEXT})
_AREA = "_area"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a face. It takes the first of its ``sources`` that was answered.

    A source is a question by its key, its label or what it is prefilled with, or a situation (``situation.business``).
    ``label`` "" is the question's own. ``other``: left out where it would only repeat the holder's name. ``public``:
    the sources that also whoever verifies the licence may read.
    """

    sources: tuple[str, ...]
    label: str = ""
    other: bool = False
    public: tuple[str, ...] = ()


def lines_from(tree: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines of a data file, in the order in which they are printed."""
    return tuple(
        Line(tuple(row["from"]), row.get("label", ""), row.get("other", False), tuple(row.get("public", ())))
        for row in tree["line"]
    )


@law("行政许可法", 40)
def public_lines(table: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that the public may look up: where a business is and what it may do; nobody's home, nobody's name."""
    return tuple(replace(line, sources=line.public) for line in table if line.public)


@dataclass(frozen=True, slots=True)
class Told:
    """What an application said: its item, its answers, and how a division is called."""

    item: Item
    answers: Mapping[str, object]
    place: Callable[[str], str]


@law("行政许可法", 39)
def lines(told: Told, *, table: Sequence[Line], holder: str) -> tuple[Field, ...]:
    """What the licence says of its holder, place and permitted activity, as far as the application told it."""
    shown = ((line, field) for line in table if (field := _field(line, told)) and field.value.strip())
    return tuple(field for line, field in shown if not (line.other and field.value == holder))


def _field(line: Line, told: Told) -> Field | None:
    for source in line.sources:
        for label, value in _answered(source, told):
            return Field(label=line.label or label, value=value)
    return None


def _answered(source: str, told: Told) -> Iterator[tuple[str, str]]:
    for situation in told.item.situations:
        if source == f"situation.{situation.key}" and situation.key in told.answers:
            yield situation.question, _chosen(situation.options, told.answers[situation.key])
    for question in told.item.form.questions:
        if source in {question.key, question.prefill, question.label} and (value := told.answers.get(question.key)):
            yield _tidy(question.label), _where(question, told) + _words(question, value)


def _where(question: Question, told: Told) -> str:
    """The division that was asked for beside an address, unless the address already names it."""
    beside, written = question.key.partition("_")[0] + _AREA, str(told.answers[question.key])
    code = question.kind in _PLACES and question.key != beside and told.answers.get(beside)
    path = told.place(str(code)) if code else ""
    return "" if not path or path[:3] in written else path


def _words(question: Question, value: object) -> str:
    if question.options:
        return _chosen(question.options, value)
    if question.kind in _DAYS:
        return chinese_date(date.fromisoformat(str(value)))
    return f"{value}{question.unit}"


def _chosen(options: Sequence[Any], value: object) -> str:
    chosen = set(value) if isinstance(value, list | tuple) else {value}
    return "、".join(option.label for option in options if option.value in chosen)


def _tidy(label: str) -> str:
    """A question's label as a label on paper: 法定代表人姓名 → 法定代表人."""
    return label.replace("详细", "").removeprefix("拟").removesuffix("姓名") or label


def validity(start: date, until: date | None, stated: str) -> str:
    """有效期 in words. ``stated``: what the item says of it; a rule that points to the licence itself says nothing."""
    began = chinese_date(start)
    if until:
        return f"{began}至{chinese_date(until)}"
    if stated in _FOR_EVER:
        return f"{began}起，长期有效"
    return f"{began}起{UNKNOWN_END if _ITSELF.match(stated) else f'，{stated}'}"


def code_in_groups(code: str) -> str:
    """A code as it is printed for people to type: ``ab12 cd34``."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def code_typed(text: str) -> str:
    """The code as it was typed or pasted: of an address its last part; spaces, hyphens, capitals do not matter.

    Empty for what is no code, such as the address of the page without one.
    """
    last = text.strip().rstrip("/").rpartition("/")[2]
    code = re.sub(r"[\s\-－—]", "", last).lower()
    return code if len(code) == TOKEN_CHARACTERS and code.isascii() and code.isalnum() else ""
