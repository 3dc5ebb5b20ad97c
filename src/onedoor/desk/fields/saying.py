"""Any value of an item in Chinese: for the sheets, for differences, for what a level above has set."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onedoor.desk.fields.labels import CODES, INNER, PREFILLS
from onedoor.desk.fields.shape import HIDDEN, part_at
from onedoor.items import queries
from onedoor.items.rules import Item
from onedoor.items.rules.codec import read_field
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.given import Filled, Fixed, Gives, Taken
from onedoor.kernel.clock import Limit
from onedoor.kernel.errors import NotFound
from onedoor.kernel.expr import describe
from onedoor.kernel.journey import Form
from onedoor.kernel.law import Article
from onedoor.kernel.plan import Place, StepKind
from onedoor.kernel.tree import Malformed
from onedoor.orgs import queries as orgs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onedoor.items.rules.facts import Asked
    from onedoor.kernel.plan import Step
    from onedoor.kernel.tree import Path

    Words = Mapping[str, str]


def say_node(path: Path, node: Any, words: Words) -> str:
    """What a tree says at a place, in words; a value that cannot be read as it stands."""
    try:
        value = read_field(Item, path, node)
    except Malformed:
        return str(node)
    return say_at(path, value, words)


def say_at(path: Path, value: Any, words: Words) -> str:
    """A value in words, by the field that it stands in."""
    return _within(str(path[-1]), value, words) if path[0] == "members" and len(path) > 2 else say(value, words)


def say(value: Any, words: Words) -> str:
    """A value in words; lines where it has many parts."""
    if value is None or value in ((), ""):
        return _("没有")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, StrEnum):
        return str(CODES[type(value)][value]) if type(value) in CODES else value.value
    if isinstance(value, tuple):
        return _many(value, words)
    return _whole(value, words) if is_dataclass(value) else str(value)


def _many(values: tuple[Any, ...], words: Words) -> str:
    said = [say(value, words) for value in values]
    return "\n".join(said) if is_dataclass(values[0]) else "、".join(said)


def _whole(value: Any, words: Words) -> str:
    if isinstance(value, Article):
        return str(value)
    if isinstance(value, Limit):
        return say_limit(value)
    if isinstance(value, Form):
        counts = {"pages": len(value.pages), "questions": len(value.questions)}
        return _("%(pages)s 页，%(questions)s 个问题") % counts
    if type(value).__module__.endswith("expr.nodes"):
        return describe(value, words)
    if isinstance(value, Fixed | Taken | Filled):
        return _handed(value, words)
    return "；".join(_inner(value, words))


def _handed(value: Fixed | Taken | Filled, words: Words) -> str:
    if isinstance(value, Fixed):
        return _("%(fact)s＝%(value)s") % {"fact": value.fact, "value": value.value or _("不问")}
    whose = words.get(f"step:{value.of}", value.of)
    if isinstance(value, Filled):
        told = {"fact": value.fact, "whose": whose, "gives": CODES[Gives][value.gives]}
        return _("%(fact)s填%(whose)s的%(gives)s") % told
    return _("%(material)s用%(whose)s的结果") % {"material": value.material, "whose": whose}


def say_limit(limit: Limit) -> str:
    """``5 个工作日，从受理之日起算（依据…）``."""
    length = _("当场办结") if limit.number == 0 else str(limit)
    start = _("%(length)s，从%(start)s的次日起算") % {"length": length, "start": CODES[type(limit.start)][limit.start]}
    said = length if limit.number == 0 else start
    return _("%(said)s（%(basis)s）") % {"said": said, "basis": limit.basis} if limit.basis else said


def _inner(value: Any, words: Words) -> Iterator[str]:
    owner = type(value).__name__
    for field in fields(value):
        own = getattr(value, field.name)
        if field.name in HIDDEN or own is None or own in ("", (), field.default):
            continue
        if field.name in ("name", "text", "question", "label", "title"):
            yield str(own)
        else:
            yield _("%(name)s：%(said)s") % {
                "name": name_of_field(owner, field.name),
                "said": _within(field.name, own, words),
            }


def _within(name: str, value: Any, words: Words) -> str:
    if name in ("organ", "acceptance"):
        return say_organ(str(value))
    if name == "prefill":
        return str(PREFILLS.get(value, value))
    if name == "options":
        return "、".join(option.label for option in value)
    if name == "version":
        return _("第 %(number)s 版") % {"number": queries.version(value).number} if value else _("没有")
    if name in ("after", "of"):
        return "、".join(words.get(f"step:{key}", key) for key in value)
    return say(value, words)


def words_of(asked: Item | Asked, tree: Mapping[str, Any]) -> dict[str, str]:
    """The words for what an item asks, and for its steps (``step:papers``)."""
    plan = tree.get("plan")
    steps = plan.get("steps", []) if isinstance(plan, dict) else []
    return labels_of(asked) | {f"step:{step.get('key')}": step.get("name", "") for step in steps} | _parts(tree)


def _parts(tree: Mapping[str, Any]) -> dict[str, str]:
    """Of a bundle: the words for what its members ask (``step:fire.use``)."""
    found: dict[str, str] = {}
    for member in tree.get("members") or ():
        if member.get("version"):
            item = queries.version(member["version"])
            asked = [(one.key, one.question) for one in item.situations]
            asked += [(one.key, one.label) for one in item.form.questions]
            asked += [(one.key, one.name) for one in item.materials]
            found |= {f"step:{member['key']}.{key}": f"{member['name']}「{said}」" for key, said in asked}
    return found


def say_organ(code: str) -> str:
    """Who owns a step."""
    known = {Place.OWN.value: _("本机关"), Place.TOWNSHIP.value: _("申请人所在地的乡镇人民政府")}
    if code in known:
        return known[code]
    try:
        return orgs.organ(code).name
    except NotFound:
        return code


def say_worker(step: Step) -> str:
    """Who a step waits for: its organ, but of 自动核验 the platform and of 缴费 the applicant."""
    by_nature = {StepKind.REGISTER_CHECK: _("系统自动核验"), StepKind.PAYMENT: _("申请人缴费")}
    return by_nature.get(step.kind) or say_organ(step.organ)


def name_of_field(owner: str, name: str) -> str:
    """What a field inside of a class is called."""
    table = queries.policies()
    around = {"Material": ("materials", "*"), "Fee": ("fees", "*"), "ClockProfile": ("clock",), "Result": ("result",)}
    path: Path = (*around.get(owner, () if owner == "Item" else ("?",)), name)
    policy = table.fields.get(path)
    return str(INNER.get(f"{owner}.{name}") or (policy.label if policy else "") or name)


def name_of(path: Path) -> str:
    """What the field at a place is called."""
    if len(path) > 1 and isinstance(path[-1], int):
        return _("%(name)s第 %(number)s 项") % {"name": name_of(path[:-1]), "number": path[-1] + 1}
    owner = part_at(path[:-1]).hint
    rows = queries.policies().rows
    if len(path) == 1 and path[0] in rows:
        return rows[str(path[0])].label
    return name_of_field(owner.__name__, str(path[-1]))


def title_of(row: Any) -> str:
    """What a row of a table is called: its name, its question, the beginning of its text."""
    if not isinstance(row, dict):
        return ""
    found = (row.get(name) for name in ("name", "question", "label", "title", "text", "law", "ground"))
    said = str(next((one for one in found if one), ""))
    return said if len(said) <= 40 else said[:40] + "…"
