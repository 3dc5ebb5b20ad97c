"""One form for some places of an item: each a question in plain words; what was posted is read by its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.desk.fields.labels import CODES, PREFILLS, RULES
from onedoor.desk.fields.saying import name_of, say_node, say_organ
from onedoor.desk.fields.shape import (
    cell_of,
    changes,
    get,
    is_options,
    part_at,
    place_of,
    put,
    read_place,
    write_place,
)
from onedoor.items.rules.drafting import INHERIT
from onedoor.items.rules.layers import Rule, cell
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Place, StepKind
from onedoor.kernel.tree import Malformed, place
from onedoor.orgs import queries as orgs
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

    from onedoor.desk.catalogue.sheet import Work
    from onedoor.desk.fields.shape import Part
    from onedoor.kernel.tree import Path

LONG = frozenset({"text", "summary", "instruction", "criteria", "answer", "notes", "rights", "limit_notes"})
ARTICLE = gettext_lazy("写成“行政许可法 42(1)”：法律名称、空格、第几条，第几款写在括号里")
LINES = gettext_lazy("一行写一个")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Locked:
    """A field that only the levels above set."""

    name: str
    value: str
    origin: str
    why: str


def questions(work: Work, places: Iterable[Path]) -> tuple[Question, ...]:
    """The questions of a form: those that this level may answer."""
    return tuple(_question(work, path) for path in places if work.may_change(path))


def locked(work: Work, places: Iterable[Path]) -> tuple[Locked, ...]:
    """What is shown beside the questions and cannot be changed, with why."""
    lines = (work.line(path) for path in places if not work.may_change(path))
    return tuple(Locked(line.name, line.value, line.origin, line.why) for line in lines)


def values(work: Work, places: Iterable[Path]) -> dict[str, Any]:
    """What stands in the questions now."""
    return {write_place(path): _shown(part_at(path), get(work.tree, path)) for path in places}


def _question(work: Work, path: Path) -> Question:
    part = part_at(path)
    kind = _kind(part)
    return Question(
        write_place(path),
        name_of(path),
        kind,
        required=not work.loose(path) and (part.required or _chosen(part, kind)),
        hint=_hint(work, path, part),
        options=_options(work, path, part),
        max_length=LONGEST if kind in (QuestionKind.TEXT, QuestionKind.TEXTAREA) else None,
    )


def _chosen(part: Part, kind: QuestionKind) -> bool:
    """Whether one of the choices must be taken; where none of them is one too, it stands for no answer."""
    none = part.optional or part.name == "prefill"
    return kind is QuestionKind.YES_NO or (kind is QuestionKind.CHOICE and not none)


def _kind(part: Part) -> QuestionKind:
    hint = part.hint
    if part.name in ("organ", "acceptance", "prefill"):
        return QuestionKind.CHOICE
    if part.name == "after":
        return QuestionKind.CHOICES
    if _code(hint):
        return QuestionKind.CHOICE
    if _codes(hint):
        return QuestionKind.CHOICES
    plain = {bool: QuestionKind.YES_NO, int: QuestionKind.INTEGER, Decimal: QuestionKind.DECIMAL}
    if isinstance(hint, type) and hint in plain:
        return plain[hint]
    lines = hint not in (str, Article)
    return QuestionKind.TEXTAREA if lines or part.name in LONG else QuestionKind.TEXT


def _code(hint: Any) -> type[StrEnum] | None:
    """The code table of a field that takes one code."""
    return hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None


def _codes(hint: Any) -> type[StrEnum] | None:
    """The code table of a field that takes several codes."""
    return _code(getattr(hint, "__args__", (None,))[0])


def _options(work: Work, path: Path, part: Part) -> tuple[Option, ...]:
    if part.name in ("organ", "acceptance"):
        return _organs(str(get(work.tree, path, "")))
    if part.name == "prefill":
        return _prefills(str(get(work.tree, path) or ""))
    if part.name == "after":
        others = [step for step in get(work.tree, path[:-2], []) if step is not get(work.tree, path[:-1])]
        return tuple(Option(step["key"], step["name"]) for step in others)
    one, several = _code(part.hint), _codes(part.hint)
    table = CODES.get(one or several or StrEnum, {})
    found = tuple(Option(code.value, str(word)) for code, word in table.items() if code is not StepKind.CHILD)
    if work.loose(path) and one and part.default is None:
        return (*found, Option("", _("没有规定")))
    return (*found, Option("", _("没有"))) if part.optional and one else found


def _organs(held: str) -> tuple[Option, ...]:
    near = [Option(each.value, say_organ(each.value)) for each in Place]
    known = [Option(organ.code, organ.name) for organ in orgs.organs(timezone.localdate())]
    other = [Option(held, held)] if held and held not in {one.value for one in [*near, *known]} else []
    return (*near, *known, *other)


def _prefills(held: str) -> tuple[Option, ...]:
    known = [Option(source, str(word)) for source, word in PREFILLS.items()]
    other = [Option(held, held)] if held and held not in PREFILLS else []
    return (*known, *other, Option("", _("不预填，由申请人填")))


def _hint(work: Work, path: Path, part: Part) -> str:
    told = [str(ARTICLE)] if part.hint is Article else []
    told += [str(LINES)] if _kind(part) is QuestionKind.TEXTAREA and part.hint is not str else []
    found = cell_of(path, work.tree, work.now.table)
    if found in work.above.cells:
        policy = work.now.table.of(found)
        told.append(_above(work, path, found, rule=policy.rule))
        told += [policy.why] if policy.why else []
    return "；".join(told)


def _above(work: Work, path: Path, found: Path, *, rule: Rule) -> str:
    if place_of(found, work.tree, work.now.table) != path:
        return str(RULES[rule.value])
    said = {"rule": RULES[rule.value], "value": say_node(path, work.above.cells[found], work.words)}
    return _("%(rule)s；上级规定的是：%(value)s") % said


def _shown(part: Part, node: Any) -> Any:
    if node is None:
        default = part.default
        return [*map(str, default)] if isinstance(default, tuple) else default
    if is_options(part.hint):
        return "\n".join(option["label"] for option in node)
    lines = isinstance(node, list) and _kind(part) is QuestionKind.TEXTAREA
    return "\n".join(map(str, node)) if lines else node


def read(data: QueryDict, work: Work, asked: Sequence[Question]) -> dict[Path, Any]:
    """What was posted as values of the tree. Raises Invalid where something that must be there is not."""
    raw = raw_answers(data, asked)
    missing = [one for one in asked if one.required and not raw[one.key]]
    if missing:
        raise Invalid(FieldError(one.key, _("请填写%(name)s") % {"name": one.label}) for one in missing)
    posted = {read_place(one.key): raw[one.key] for one in asked}
    unsaid = {path for path, text in posted.items() if work.loose(path) and not text and get(work.tree, path) is None}
    return {path: _node(work, path, text) for path, text in posted.items() if path not in unsaid}


def _node(work: Work, path: Path, raw: str | list[str]) -> Any:
    part = part_at(path)
    if isinstance(raw, list):
        return raw
    text = raw.strip().replace("\r\n", "\n")
    if is_options(part.hint):
        return _choices(_lines(text), get(work.tree, path, []) or [])
    if getattr(part.hint, "__origin__", None) is tuple:
        return _lines(text)
    return None if part.optional and not text else _plain(text, part)


def _plain(text: str, part: Part) -> Any:
    if part.hint is bool:
        return text == "yes"
    if part.hint is int and text.isascii() and text.isdigit():
        return int(text)
    return part.default if part.hint is int and not text and part.default is not None else text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _choices(labels: Sequence[str], held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answers keep their value while their words, or their place, stay; conditions rest on the value."""
    by_label = {option["label"]: option for option in held}
    free = {n: option for n, option in enumerate(held) if option["label"] not in labels}
    taken = {option["value"] for option in held}
    found: list[dict[str, Any]] = []
    for number, label in enumerate(labels):
        kept = by_label.get(label) or free.get(number) or {}
        value = kept.get("value") or next(v for n in range(1, 1000) if (v := f"option_{n}") not in taken)
        taken.add(value)
        found.append({**kept, "value": value, "label": label})
    return found


def told(work: Work, posted: Mapping[Path, Any]) -> dict[Path, Any]:
    """The posted values as changes of cells. Raises Invalid with what cannot be read, each at its question."""
    found = changes(work.tree, put(work.tree, posted), work.now.table)
    wrong: list[FieldError] = []
    for path, node in found.items():
        if node is INHERIT:
            continue
        try:
            cell(path, node, work.now.table)
        except Malformed as malformed:
            inner = place_of(path, put(work.tree, posted), work.now.table)
            wrong += (FieldError(write_place((*inner, *fault.path)), fault.message) for fault in malformed.faults)
    if wrong:
        raise Invalid(at_questions(wrong, [write_place(path) for path in posted]))
    return found


def at_questions(errors: Iterable[FieldError], asked: Sequence[str]) -> tuple[FieldError, ...]:
    """Faults at the questions that they are about; what fits none is told for the whole form."""
    return tuple(FieldError(_nearest(error.field, asked), error.message) for error in errors)


def _nearest(field: str, asked: Sequence[str]) -> str:
    if field in asked:
        return field
    below = [key for key in asked if key.startswith(f"{field}.") or field.startswith(f"{key}.")]
    return below[0] if below and field else ""


def by_cell(errors: Iterable[FieldError], work: Work, asked: Sequence[str]) -> tuple[FieldError, ...]:
    """What the levels above refuse, named by cells, at the questions."""
    places = {
        place(cell_of(path, work.tree, work.now.table)): key for key in reversed(asked) for path in [read_place(key)]
    }
    return tuple(FieldError(places.get(error.field) or _nearest(error.field, asked), error.message) for error in errors)
