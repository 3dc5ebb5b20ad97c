"""与上一版相比: what changed in a guide, in the words of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from onedoor.items import queries
from onedoor.items.rules import Item
from onedoor.items.rules.codec import read_field
from onedoor.items.rules.facts import labels_of
from onedoor.items.rules.revisions import revisions
from onedoor.items.rules.uploads import Upload
from onedoor.kernel import expr
from onedoor.kernel.clock import Limit
from onedoor.kernel.law import Article
from onedoor.kernel.tree import Malformed
from onedoor.portal.find import labels

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from onedoor.items.rules import ItemVersion
    from onedoor.items.rules.revisions import Revision
    from onedoor.kernel.tree import Path

LONGEST = 80  # characters of a value that is told; what is longer is looked at on the page
INTERNAL = frozenset({"keywords", "topics", "sample_values", "local_code", "implementers", "organ", "level", "area"})
SECTIONS = {
    **dict.fromkeys(("clock", "shorter_limits", "project_type", "limit_notes"), "limits"),
    "prohibited": "conditions", "quantity_limit": "conditions", "plan": "flow", "special_procedures": "flow",
    "intermediaries": "flow",
    "contacts": "places", "delivery": "result", "remedies": "rights", "situations": "materials",
    **dict.fromkeys(("handle_forms", "online", "online_depth", "visits", "scope", "courier", "appointment"), "places"),
    **{name: name for name in ("materials", "conditions", "flow", "fees", "result", "places", "basis", "rights")},
    "faqs": "faqs",
}  # fmt: skip
"""Where on the page a field stands."""
_TABLES: Mapping[type[StrEnum], Mapping[Any, Any]] = {
    type(next(iter(table))): table
    for table in (
        labels.KINDS, labels.LEVELS, labels.ORGAN_KINDS, labels.POWER_SOURCES, labels.AUDIENCES, labels.PROJECT_TYPES,
        labels.HANDLE_FORMS, labels.SCOPES, labels.DEPTHS, labels.SOURCES, labels.MATERIAL_KINDS, labels.MATERIAL_FORMS,
        labels.RESULT_KINDS, labels.DELIVERIES,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One field: what it was and is; both empty where that is too long to tell. ``section``: where it stands."""

    label: str
    before: str
    after: str
    section: str


@dataclass(frozen=True, slots=True)
class Since:
    """The version that was in force before, and what this one says differently."""

    number: int
    on: date
    lines: tuple[Difference, ...]


def since_last(item: ItemVersion) -> Since | None:
    """None for the first version that was in force."""
    before = queries.in_force_before(item)
    if before is None:
        return None
    found = revisions(before, item, queries.policies())
    lines = (_line(one, before, item) for one in found if one.path[0] not in INTERNAL)
    return Since(before.number, before.effective_from, tuple(lines))


def _line(one: Revision, before: ItemVersion, after: ItemVersion) -> Difference:
    section = SECTIONS.get(str(one.path[0]), "")
    if one.new or one.gone:
        return Difference(one.label, "", _("新增加的") if one.new else _("不再有了"), section)
    if one.moved:
        return Difference(one.label, "、".join(one.before), "、".join(one.after), section)
    was, is_ = _said(one.path, one.before, labels_of(before)), _said(one.path, one.after, labels_of(after))
    if was == is_ or max(len(was), len(is_)) > LONGEST:
        was = is_ = ""
    return Difference(one.label, was, is_, section)


def _said(path: Path, node: Any, words: Mapping[str, str]) -> str:
    """A value in words; "" for what is a whole in itself (a form, a plan, a table)."""
    rows = queries.policies().rows
    where = (path[0], 0, *path[2:]) if str(path[0]) in rows else path
    try:
        return _word(None if node is None else read_field(Item, where, node), words)
    except Malformed:
        return ""


def _word(value: Any, words: Mapping[str, str]) -> str:
    if value is None or value in ((), ""):
        return _("没有")
    if isinstance(value, tuple):
        said = [_word(one, words) for one in value]
        return "、".join(said) if all(said) else ""
    return _plain(value) if isinstance(value, bool | str | int) else _whole(value, words)


def _plain(value: bool | str | int) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    table = _TABLES.get(type(value), {}) if isinstance(value, StrEnum) else {}
    return str(table.get(value, value))


def _whole(value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, Limit):
        return f"{value}，{labels.STARTS[value.start]!s}" if value.number else _("当场办结")
    if isinstance(value, Article):
        return str(value)
    if isinstance(value, Upload):
        return value.name
    return expr.describe(value, words) if isinstance(value, expr.Expr) else ""
