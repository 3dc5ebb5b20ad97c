"""A condition as a few clauses that are chosen, not written: a fact, how it is compared, with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onedoor.desk.catalogue.sheet import asking
from onedoor.desk.fields.shape import get
from onedoor.items.rules.facts import labels_of, schema_of
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.expr import FactType, Kind, describe, parse
from onedoor.kernel.journey import Option, Question, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from onedoor.desk.catalogue.sheet import Work
    from onedoor.kernel.tree import Path

JOINS = ("all", "any")
NUMBERS = frozenset({Kind.INT, Kind.DECIMAL})


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a condition, in words."""

    number: int
    said: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on its page: the sentence, its parts, how they are joined, what may be asked about."""

    said: str
    clauses: tuple[Clause, ...]
    join: str
    facts: tuple[Option, ...]


def condition_at(work: Work, path: Path) -> Condition:
    """The condition that stands at a place, on which everything that the item asks may bear."""
    node = get(work.tree, path)
    words, parts = labels_of(asking(work.tree)), _parts(node)
    mine = str(get(work.tree, (*path[:-1], "key"), ""))
    known = schema_of(asking(work.tree))
    facts = (Option(name, words.get(name, name)) for name in known if name != mine and _askable(known[name]))
    return Condition(
        said=describe(parse(node), words) if node is not None else "",
        clauses=tuple(Clause(number, describe(parse(part), words)) for number, part in enumerate(parts)),
        join="any" if isinstance(node, dict) and "any" in node else "all",
        facts=tuple(facts),
    )


def _askable(fact: FactType) -> bool:
    return fact.kind in {Kind.BOOL, *NUMBERS} or bool(fact.options)


def _parts(node: Any) -> list[Any]:
    if node is None:
        return []
    if isinstance(node, dict) and set(node) <= set(JOINS):
        return list(next(iter(node.values())))
    return [node]


def clause_questions(work: Work, fact: str) -> tuple[Question, ...]:
    """The second step: how a chosen fact is compared, and with what. Empty for a fact that is none."""
    held = schema_of(asking(work.tree)).get(fact)
    if held is None or not _askable(held):
        return ()
    words = labels_of(asking(work.tree))
    if held.kind is Kind.BOOL:
        return (Question("value", words.get(fact, fact), QuestionKind.YES_NO),)
    if held.options:
        options = tuple(Option(value, words.get(f"{fact}={value}", value)) for value in held.options)
        return (
            Question(
                "how", _("比较"), QuestionKind.CHOICE, options=_ways(("in", _("是其中之一")), ("out", _("都不是")))
            ),
            Question("value", words.get(fact, fact), QuestionKind.CHOICES, options=options),
        )
    ways = _ways(("ge", _("不少于")), ("le", _("不超过")), ("gt", _("大于")), ("lt", _("小于")), ("eq", _("等于")))
    return (
        Question("how", _("比较"), QuestionKind.CHOICE, options=ways),
        Question("value", _("数"), QuestionKind.DECIMAL),
    )


def _ways(*pairs: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in pairs)


def with_clause(work: Work, path: Path, data: QueryDict) -> Any:
    """The condition with what was chosen added to it. Invalid where something was not chosen."""
    fact = data.get("fact", "")
    clause = _clause(schema_of(asking(work.tree)).get(fact), fact, data)
    join = data.get("join", "all")
    return _joined([*_parts(get(work.tree, path)), clause], join if join in JOINS else "all")


def _clause(held: FactType | None, fact: str, data: QueryDict) -> Mapping[str, Any]:
    chosen, how = data.getlist("value"), data.get("how", "")
    if held is None:
        raise Invalid([FieldError("fact", _("请选择看哪一项"))])
    if not any(chosen):
        raise Invalid([FieldError("value", _("请选择或者填写一个值"))])
    if held.kind is Kind.BOOL:
        return {"eq": [f"${fact}", chosen[0] == "yes"]}
    if held.options:
        return _among(held, f"${fact}", chosen, outside=how == "out")
    if how not in {"ge", "le", "gt", "lt", "eq"}:
        raise Invalid([FieldError("how", _("请选择怎样比较"))])
    return {how: [f"${fact}", _number(chosen[0])]}


def _among(held: FactType, fact: str, chosen: Sequence[str], *, outside: bool) -> Mapping[str, Any]:
    if held.kind is Kind.LIST:
        found: dict[str, Any] = _joined([{"in": [value, fact]} for value in chosen], "any")
    elif len(chosen) == 1:
        found = {"eq": [fact, chosen[0]]}
    else:
        found = {"in": [fact, list(chosen)]}
    return {"not": found} if outside else found


def _number(text: str) -> Any:
    if text.isascii() and text.lstrip("-").isdigit():
        return int(text)
    if text.isascii() and text.lstrip("-").replace(".", "", 1).isdigit():
        return {"decimal": text}
    raise Invalid([FieldError("value", _("请填写数字"))])


def without_clause(work: Work, path: Path, number: int) -> Any:
    """The condition without one of its parts; None where nothing is left."""
    node = get(work.tree, path)
    kept = [part for at, part in enumerate(_parts(node)) if at != number]
    join = "any" if isinstance(node, dict) and "any" in node else "all"
    return _joined(kept, join) if kept else None


def _joined(parts: list[Any], join: str) -> Any:
    return parts[0] if len(parts) == 1 else {join: parts}
