"""Forms to trees and back, without loss; every fault at once, with its place and what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from onedoor.kernel import expr
from onedoor.kernel.expr import Expr
from onedoor.kernel.journey.values import CHOOSING, NUMERIC, Form, Option, Page, Question, QuestionKind
from onedoor.kernel.tree import Fault, Malformed, Path

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?", re.ASCII)
_LONGEST_TEXT = 2000
_LONGEST_ANSWER = 5000
_MOST = 300


def form_from_tree(tree: object, path: Path = ()) -> Form:
    """Read a form from its tree (JSON, YAML). Raises Malformed with all faults: place, rule, what to write.

    Conditions are parsed here; whether their facts exist is asked of ``check``.
    """
    reader = _Reader()
    form = reader.form(tree, path)
    if not reader.faults:
        reader.unique([page.key for page in form.pages], (*path, "pages"), "页面")
        reader.unique([question.key for question in form.questions], (*path, "pages"), "问题")
    if reader.faults:
        raise Malformed(reader.faults)
    return form


def form_to_tree(form: Form) -> dict[str, Any]:
    """The tree of a form, without what equals the default: ``form_from_tree(form_to_tree(form)) == form``."""
    return {"pages": [_object_tree(page) for page in form.pages]}


def _object_tree(value: Page | Question | Option) -> dict[str, Any]:
    return {
        field.name: _value_tree(getattr(value, field.name))
        for field in fields(value)
        if field.default is MISSING or getattr(value, field.name) != field.default
    }


def _value_tree(value: Any) -> Any:
    if isinstance(value, QuestionKind):
        return value.value
    if isinstance(value, tuple):
        return [_object_tree(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else format(value, "f")
    return value if isinstance(value, str | int) else expr.to_tree(value)


class _Reader:
    """Collects faults instead of stopping at the first. What could not be read becomes an empty value."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: Path, rule: str, message: str) -> None:
        self.faults.append(Fault(path, rule, message))

    def form(self, tree: object, path: Path) -> Form:
        found = self.fields(tree, path, _fields_of(Form))
        return Form(tuple(self.each(found.get("pages", []), (*path, "pages"), self.page)))

    def page(self, tree: object, path: Path) -> Page:
        found = self.fields(tree, path, _fields_of(Page))
        return Page(
            key=self.key(found.get("key"), (*path, "key")),
            title=self.text(found, "title", path),
            questions=tuple(self.each(found.get("questions", []), (*path, "questions"), self.question)),
            when=self.condition(found, path),
            hint=self.text(found, "hint", path),
        )

    def question(self, tree: object, path: Path) -> Question:
        found = self.fields(tree, path, _fields_of(Question))
        question = Question(
            key=self.key(found.get("key"), (*path, "key")),
            kind=self.kind(found.get("kind"), (*path, "kind")),
            required=self.flag(found.get("required", True), (*path, "required")),
            options=tuple(self.each(found.get("options", []), (*path, "options"), self.option)),
            when=self.condition(found, path),
            max_length=self.length(found.get("max_length"), (*path, "max_length")),
            minimum=self.number(found.get("minimum"), (*path, "minimum")),
            maximum=self.number(found.get("maximum"), (*path, "maximum")),
            **{name: self.text(found, name, path) for name in _TEXTS},
        )
        self.sound(question, path)
        return question

    def option(self, tree: object, path: Path) -> Option:
        found = self.fields(tree, path, _fields_of(Option))
        return Option(*(self.text(found, name, path) for name in ("value", "label", "hint")))

    def sound(self, question: Question, path: Path) -> None:
        """What the parts of one question must be to each other."""
        values = [option.value for option in question.options]
        self.unique(values, (*path, "options"), "选项")
        if (question.kind in CHOOSING) is not bool(values):
            said = "选择题要写 options 选项" if question.kind in CHOOSING else "只有 choice、choices 才写 options"
            self.fault((*path, "options"), "form.options", said)
        if question.kind not in NUMERIC and (question.minimum, question.maximum) != (None, None):
            self.fault(path, "form.range", "只有 integer、decimal、money 才写 minimum、maximum")
        if question.pattern:
            self.pattern(question, path)

    def pattern(self, question: Question, path: Path) -> None:
        try:
            re.compile(question.pattern)
        except re.error as error:
            self.fault((*path, "pattern"), "form.pattern", f"正则表达式写错了：{error}")
        if not question.pattern_message:
            self.fault(
                (*path, "pattern_message"), "form.pattern", "写了 pattern 就要写 pattern_message，告诉申请人怎么填"
            )

    def unique(self, values: list[str], path: Path, what: str) -> None:
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.fault(path, "form.unique", f"{what}“{value}”重复，请改成不同的名称")

    def fields(self, tree: object, path: Path, known: dict[str, bool]) -> dict[str, object]:
        """The entries of a mapping, having noted what is unknown and what is missing."""
        if not isinstance(tree, Mapping):
            self.fault(path, "form.mapping", "这里应当是一组“字段: 值”")
            return {}
        for name in tree:
            if name not in known:
                close = get_close_matches(str(name), known, n=1)
                advice = f"，是不是 {close[0]}？" if close else "，请删去"
                self.fault((*path, str(name)), "form.unknown", f"没有 {name} 这个字段{advice}")
        for name, required in known.items():
            if required and name not in tree:
                self.fault(path, "form.missing", f"缺少字段 {name}")
        return {str(name): value for name, value in tree.items()}

    def each(self, tree: object, path: Path, read: Callable[[object, Path], Any]) -> list[Any]:
        if not isinstance(tree, list) or len(tree) > _MOST:
            self.fault(path, "form.list", f"这里应当是一个列表，最多{_MOST}项")
            return []
        return [read(item, (*path, index)) for index, item in enumerate(tree)]

    def text(self, found: Mapping[str, object], name: str, path: Path) -> str:
        value = found.get(name, "")
        required = name in ("title", "label", "value")
        if (
            not isinstance(value, str)
            or len(value) > _LONGEST_TEXT
            or (name in found and required and not value.strip())
        ):
            self.fault((*path, name), "form.text", f"{name} 应当是文字（数字要加引号），不能空，最多{_LONGEST_TEXT}字")
            return ""
        return str(value)

    def key(self, value: object, path: Path) -> str:
        if isinstance(value, str) and _KEY.fullmatch(value):
            return str(value)
        if value is not None:
            self.fault(path, "form.key", f"“{value}”不能作名称，请用小写字母开头，只含小写字母、数字和下划线")
        return ""

    def kind(self, value: object, path: Path) -> QuestionKind:
        if isinstance(value, str) and value in set(QuestionKind):
            return QuestionKind(str(value))
        if value is not None:
            self.fault(path, "form.kind", f"没有“{value}”这种问题，可用：{'、'.join(QuestionKind)}")
        return QuestionKind.TEXT

    def flag(self, value: object, path: Path) -> bool:
        if not isinstance(value, bool):
            self.fault(path, "form.bool", "这里只能写 true 或 false")
        return value is not False

    def length(self, value: object, path: Path) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LONGEST_ANSWER):
            return value and int(value)
        self.fault(path, "form.length", f"字数上限应当是1到{_LONGEST_ANSWER}的整数")
        return None

    def number(self, value: object, path: Path) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, int | str) and not isinstance(value, bool) and _NUMBER.fullmatch(str(value)):
            return Decimal(str(value))
        self.fault(path, "form.number", '这里应当是整数，或加引号的小数，例如 "0.5"')
        return None

    def condition(self, found: Mapping[str, object], path: Path) -> Expr | None:
        if found.get("when") is None:
            return None
        try:
            return expr.parse(found["when"], (*path, "when"))
        except Malformed as malformed:
            self.faults += malformed.faults
            return None


_TEXTS = ("label", "hint", "unit", "prefill", "pattern", "pattern_message")


def _fields_of(cls: type[Form | Page | Question | Option]) -> dict[str, bool]:
    """The names of the fields of a class, and whether a tree must have them."""
    every: tuple[Field[Any], ...] = fields(cls)
    return {field.name: field.default is MISSING for field in every}
