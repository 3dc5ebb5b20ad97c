"""The words of this room: values of an item, marks of a comparison, ranks of laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.desk.fields.saying import say_node
from onedoor.items import queries
from onedoor.items.rules.citations import Rank, Standing
from onedoor.items.rules.comparison import Mark, Part
from onedoor.items.rules.lint import Severity
from onedoor.ui.parts import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from onedoor.items.rules import Item
    from onedoor.kernel.tree import Path

UNVERIFIED: Final = gettext_lazy("待核实")
PARTS: Final = {
    Part.NAME: gettext_lazy("名称和依据"),
    Part.LIMITS: gettext_lazy("时限"),
    Part.MATERIALS: gettext_lazy("材料和条件"),
    Part.STEPS: gettext_lazy("环节"),
    Part.FEES: gettext_lazy("收费和结果"),
    Part.WAYS: gettext_lazy("怎么办"),
}
MARKS: Final[dict[Mark, tuple[StrOrPromise, Tone]]] = {
    Mark.SAME: ("", Tone.NONE),
    Mark.BETTER: (gettext_lazy("优于标准"), Tone.GO),
    Mark.OTHER: (gettext_lazy("不同"), Tone.WAIT),
    Mark.WORSE: (gettext_lazy("偏离标准"), Tone.STOP),
    Mark.BEHIND: (gettext_lazy("标准改了，还没有采纳"), Tone.WAIT),
    Mark.MISSING: (gettext_lazy("没有这一项"), Tone.WAIT),
}
RANKS: Final = {
    Rank.LAW: gettext_lazy("法律"),
    Rank.REGULATION: gettext_lazy("行政法规"),
    Rank.RULE: gettext_lazy("部门规章"),
    Rank.LOCAL: gettext_lazy("地方性法规"),
    Rank.LOCAL_RULE: gettext_lazy("地方政府规章"),
    Rank.PAPER: gettext_lazy("规范性文件"),
    Rank.STANDARD: gettext_lazy("标准"),
    Rank.UNKNOWN: UNVERIFIED,
}
STANDINGS: Final = {
    Standing.IN_FORCE: (gettext_lazy("现行有效"), Tone.GO),
    Standing.COMING: (gettext_lazy("尚未施行"), Tone.TODO),
    Standing.ENDED: (gettext_lazy("已失效"), Tone.STOP),
    Standing.UNKNOWN: (gettext_lazy("时效待核实"), Tone.WAIT),
}
SEVERITIES: Final = {
    Severity.ERROR: (gettext_lazy("错误"), Tone.STOP),
    Severity.WARNING: (gettext_lazy("提醒"), Tone.WAIT),
}


def said(path: Path, value: Any, labels: Mapping[str, str]) -> str:
    """A cell's value in words."""
    rows = queries.policies().rows.get(str(path[0]))
    if rows is None or len(path) < 2:
        return say_node(path, value, labels)
    if len(path) == 2:
        return say_node((path[0], 0), {rows.key: path[1], **value}, labels)
    return say_node((path[0], 0, *path[2:]), value, labels)


def where(item: Item, path: Path) -> str:
    """The field of a finding in words: ``申请材料“身份证”：要求提供的依据``."""
    if not path:
        return ""
    table = queries.policies()
    rows = table.rows.get(str(path[0]))
    field = tuple(part for part in path if isinstance(part, str))
    if len(path) < 2 or not isinstance(path[1], int):
        return table.of(field).label or str(path[0])
    held: Sequence[Any] = getattr(item, str(path[0]), ())
    row = held[path[1]] if isinstance(held, tuple) and path[1] < len(held) else None
    named = next((str(n) for n in (getattr(row, a, "") for a in ("name", "question", "law", "text")) if n), "")
    title = named if len(named) <= 20 else named[:20] + "…"
    around = rows.label if rows else table.of(field[:1]).label
    inner = table.of((field[0], "*", *field[1:])).label if rows and len(field) > 1 else ""
    told = _("%(table)s“%(row)s”") % {"table": around, "row": title or path[1] + 1}
    return _("%(row)s：%(field)s") % {"row": told, "field": inner} if inner else told


def organs(names: Sequence[str], most: int = 2) -> str:
    """Organs in few words: the first and how many."""
    if len(names) <= most:
        return "、".join(names)
    return _("%(first)s等 %(n)s 个机关") % {"first": names[0], "n": len(names)}
