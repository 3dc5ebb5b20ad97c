"""An item field by field: what is in force, from which level, what may be done with it, what the checker says."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.desk.fields.labels import RULES
from onedoor.desk.fields.saying import name_of, say, say_node, title_of, words_of
from onedoor.desk.fields.shape import (
    IDENTITY,
    cell_of,
    get,
    inside,
    is_condition,
    is_rows,
    is_simple,
    part_at,
    write_place,
)
from onedoor.items import queries
from onedoor.items.rules import Item, Severity, decode, lint
from onedoor.items.rules.codec import read_field
from onedoor.items.rules.facts import Asked
from onedoor.items.rules.layers import Rule, fold
from onedoor.items.rules.recomposing import from_members
from onedoor.kernel.errors import FieldError
from onedoor.kernel.journey import Form
from onedoor.kernel.tree import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from onedoor.items.rules import Finding
    from onedoor.items.rules.drafting import Draft
    from onedoor.items.rules.layers import Effective
    from onedoor.kernel.tree import Path

GROUPS: Final = {
    "basic": (gettext_lazy("基本信息"), (
        "name", "summary", "kind", "basic_code", "sequence", "local_code", "keywords", "topics", "audiences",
        "organ_name", "level", "organ_kind", "power_source", "entrusted_by", "cooperating", "basis",
    )),
    "bundle": (gettext_lazy("并联事项"), ("members", "shared_facts", "shared_materials")),
    "limits": (gettext_lazy("办理期限"), ("project_type", "clock", "shorter_limits", "limit_notes")),
    "conditions": (gettext_lazy("办理条件"), ("conditions", "prohibited", "quantity_limit")),
    "situations": (gettext_lazy("情形"), ("situations",)),
    "materials": (gettext_lazy("申请材料"), ("materials",)),
    "form": (gettext_lazy("申请表单"), ("form",)),
    "plan": (gettext_lazy("审查环节"), (
        "plan", "flow", "special_procedures", "separate_duties", "separate_duties_basis",
    )),
    "ways": (gettext_lazy("怎么办、在哪里办"), (
        "handle_forms", "online", "online_depth", "online_address", "mobile_address", "visits", "visit_reason",
        "scope", "in_hall", "one_window", "appointment", "courier", "terminal", "agent", "elderly_friendly",
        "places", "contacts",
    )),
    "results": (gettext_lazy("收费和结果"), (
        "fees", "online_payment", "result", "delivery", "promise", "tolerance", "instant",
        "intermediaries",
    )),
    "told": (gettext_lazy("说明和救济"), ("faqs", "rights", "remedies", "notes")),
}  # fmt: skip
"""The sections of the sheet: name and fields."""
OF_LISTS: Final = frozenset({
    "organ_name", "level", "organ_kind", "power_source", "entrusted_by", "cooperating", "local_code", "places",
    "contacts", "remedies", "members", "shared_facts", "shared_materials",
})  # fmt: skip
"""What only a list says: who does it, and where. A standard leaves it to those below."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what is in force and where it comes from. ``own``: this level has set it over a level above."""

    place: str
    name: str
    value: str
    origin: str
    rule: str
    why: str
    locked: bool
    own: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the sheet. ``asks``: fields of it are changed together, in one form."""

    key: str
    title: str
    lines: tuple[Line, ...]
    asks: bool
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> bool:
        """Whether something in it bars publication."""
        return any(one.severity is Severity.ERROR for one in self.every)

    @property
    def doubted(self) -> bool:
        """Whether something in it asks for a second look."""
        return bool(self.every)

    @property
    def every(self) -> tuple[Finding, ...]:
        """What the checker says in it."""
        return (*self.findings, *(one for line in self.lines for one in line.findings))


@dataclass(frozen=True, slots=True)
class Work:
    """An item as it is read and worked on. ``item`` is None while something is missing, and for a standard.

    ``partial``: what is worked on is a standard, which sets what it likes and leaves the rest to the levels below.
    """

    above: Effective
    now: Effective
    tree: Mapping[str, Any]
    item: Item | None
    missing: tuple[FieldError, ...]
    findings: tuple[Finding, ...]
    words: Mapping[str, str]
    partial: bool = False

    @property
    def errors(self) -> int:
        """How much bars publication."""
        return len(self.missing) + sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def warnings(self) -> int:
        """How much asks for a second look."""
        return sum(one.severity is Severity.WARNING for one in self.findings)

    def sections(self) -> tuple[Section, ...]:
        """The whole sheet; what only a bundle says is left out for others."""
        return tuple(self._section(key) for key in GROUPS if key != "bundle" or self.tree.get("members"))

    def said(self) -> tuple[Section, ...]:
        """The sheet of a standard without what it leaves to the levels below."""
        return tuple(
            replace(section, lines=lines)
            for section in self.sections()
            if (lines := tuple(line for line in section.lines if line.origin))
        )

    def _section(self, key: str) -> Section:
        title, names = str(GROUPS[key][0]), fields_of(key, partial=self.partial)
        lines = tuple(line for name in names for line in self._lines((name,)))
        shown = {one for line in lines for one in line.findings}
        rest = tuple(one for one in self.findings if one.path and one.path[0] in names and one not in shown)
        asks = any(self.may_change(path) for path in asked_in(key, partial=self.partial))
        return Section(key, title, lines, asks, rest)

    def _lines(self, path: Path) -> Iterator[Line]:
        hint = part_at(path).hint
        if self.now.table.divided(path) and not is_rows(hint):
            for place in inside(path):
                yield self.line(place)
        else:
            yield self.line(path)
            if is_rows(hint):
                for number in range(len(get(self.tree, path, []))):
                    yield self.line((*path, number))

    def line(self, path: Path) -> Line:
        """One field of the sheet."""
        cell = cell_of(path, self.tree, self.now.table)
        policy = self.now.table.of(cell)
        held = [known for known in self.above.cells if known[: len(cell)] == cell]
        joint = from_members(self.tree, cell)
        own = [
            known for known, number in self.now.origins.items() if number == self._last and known[: len(cell)] == cell
        ]
        return Line(
            place=write_place(path),
            name=self._name(path),
            value=self._value(path),
            origin=self.origin(cell),
            rule=self._rule(path, cell) if held or joint else "",
            why=_("要改它，请改那个并联事项的清单，再重新合成") if joint else policy.why,
            locked=not self.may_change(path),
            own=bool(held and own),
            findings=tuple(one for one in self.findings if _about(one.path, path)),
        )

    def _rule(self, path: Path, cell: Path) -> str:
        if from_members(self.tree, cell):
            return _("由并联事项合成")
        return "" if self._row(path) else str(RULES[self.now.table.of(cell).rule.value])

    @property
    def _last(self) -> int:
        return len(self.above.layers)

    def _row(self, path: Path) -> bool:
        return is_rows(part_at(path[:1]).hint) and path[0] in self.now.table.rows and len(path) < 3

    def _name(self, path: Path) -> str:
        if isinstance(path[-1], int):
            return title_of(get(self.tree, path)) or name_of(path)
        return name_of(path)

    def _value(self, path: Path) -> str:
        node = get(self.tree, path, MISSING)
        if isinstance(node, list) and is_rows(part_at(path).hint):
            return _("%(count)s 项") % {"count": len(node)} if node else _("没有")
        if node is MISSING:
            part = part_at(path)
            if is_condition(part.hint) and path[-1] == "when":
                return _("任何情形")
            if self.partial:
                return _("没有规定")
            return _("还没有填") if part.required else say(part.default, self.words)
        if isinstance(path[-1], int) and isinstance(node, dict):
            title = title_of(node)
            return say_node(path, node, self.words).removeprefix(title).removeprefix("；")
        return say_node(path, node, self.words)

    def origin(self, cell: Path) -> str:
        """Whose values are in force here, from the top down."""
        numbers = sorted({number for path, number in self.now.origins.items() if path[: len(cell)] == cell})
        return "、".join(self.now.layers[number].name for number in numbers)

    def may_change(self, path: Path) -> bool:
        """Whether this level may set the field at all; what exactly, the levels above decide."""
        if path[0] in IDENTITY:
            return False
        cell = cell_of(path, self.tree, self.now.table)
        if from_members(self.tree, cell):
            return False
        return cell not in self.above.cells or self.now.table.of(cell).rule is not Rule.LOCKED

    def loose(self, path: Path) -> bool:
        """Whether a question may stay unanswered because a standard need not set the field."""
        return self.partial and (len(path) == 1 or (self.now.table.divided(path[:-1]) and path[-1] != "name"))

    def sets(self, path: Path) -> bool:
        """Whether this level has set something here that it may take back."""
        cell = cell_of(path, self.tree, self.now.table)
        own = any(n == self._last and known[: len(cell)] == cell for known, n in self.now.origins.items())
        return own and (self.partial or any(known[: len(cell)] == cell for known in self.above.cells))

    def may_add(self, path: Path, level: str) -> bool:
        """Whether this level may add a row to a table."""
        if from_members(self.tree, path):
            return False
        rows = self.now.table.rows.get(str(path[0])) if len(path) == 1 else None
        begun = any(cell[0] == path[0] for cell in self.above.cells)
        return self.may_change(path) if rows is None else not (begun and level > rows.adds)

    def beside(self, path: Path) -> tuple[Finding, ...]:
        """What the checker says about a place, what lies in it and what it lies in."""
        return tuple(
            one
            for one in self.findings
            if one.path[: len(path)] == path or (one.path and path[: len(one.path)] == one.path)
        )


def _about(found: Path, place: Path) -> bool:
    """A finding about a row is shown with the row, one about a table with the table."""
    table = len(place) == 1 and is_rows(part_at(place).hint)
    return found == place if table else found[: len(place)] == place


def fields_of(group: str, *, partial: bool) -> tuple[str, ...]:
    """The fields of a section, of a list or of a standard (``partial``)."""
    return tuple(name for name in GROUPS[group][1] if not (partial and name in OF_LISTS))


def asked_in(group: str, *, partial: bool = False) -> tuple[Path, ...]:
    """The places of a section that are asked in one form: the simple ones, those inside of a divided field too."""
    table = queries.policies()
    found: list[Path] = []
    for name in fields_of(group, partial=partial):
        places = inside((name,)) if table.divided((name,)) and not is_rows(part_at((name,)).hint) else ((name,),)
        found += (place for place in places if is_simple(part_at(place).hint) and name not in IDENTITY)
    return tuple(found)


def work_of(draft: Draft, *, on: date) -> Work:
    """A draft as it stands on a day."""
    above = queries.above(draft, on=on)
    now = fold([*above.layers, draft.layer], queries.policies())
    return work(above, now, on=on) if draft.code else work_of_standard(above, now)


def work_of_standard(above: Effective, now: Effective) -> Work:
    """What a standard sets below those above it."""
    tree = now.tree()
    return Work(above, now, tree, None, (), (), words_of(asking(tree), tree), partial=True)


def work(above: Effective, now: Effective, *, on: date) -> Work:
    """What is in force below what stands above, read and checked."""
    tree = now.tree()
    try:
        item = decode(Item, tree)
    except Malformed as malformed:
        return Work(above, now, tree, None, malformed.errors, (), words_of(asking(tree), tree))
    return Work(above, now, tree, item, (), lint(item, queries.tables(), on=on), words_of(item, tree))


def asking(tree: Mapping[str, Any]) -> Asked:
    """What an item asks, as far as its tree can be read."""
    return Asked(_read("situations", tree, ()), _read("form", tree, Form()))


def _read(name: str, tree: Mapping[str, Any], otherwise: Any) -> Any:
    try:
        return read_field(Item, (name,), tree[name])
    except (KeyError, Malformed):
        return otherwise
