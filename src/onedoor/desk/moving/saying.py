"""Groups of cases and batches of moves in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.cases import queries as cases
from onedoor.cases.queries import Became, RunState
from onedoor.cases.rules.moving import Move
from onedoor.cases.rules.phases import STATE_NAMES
from onedoor.kernel.plan import problems
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from onedoor.cases.queries import Group, Impact
    from onedoor.items.rules import Item
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.plan import Step

STATES: Final = {
    RunState.RUNNING: (gettext_lazy("正在迁移"), Tone.WAIT),
    RunState.STOPPED: (gettext_lazy("已暂停"), Tone.TODO),
    RunState.DONE: (gettext_lazy("已完成"), Tone.GO),
}
BECAME: Final = {
    Became.MOVED: gettext_lazy("已迁移"),
    Became.BACK: gettext_lazy("已撤回"),
    Became.REFUSED: gettext_lazy("没有办"),
    Became.KEPT: gettext_lazy("留在原版本"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One group: where its cases stand, what a move changes for them or why they stay; ``cases``: id and number."""

    title: str
    count: int
    tag: Tag
    lines: tuple[tuple[str, str], ...]
    why: str
    cases: tuple[tuple[int, str], ...]
    pickable: bool

    @property
    def unlisted(self) -> int:
        """How many are not listed by number."""
        return self.count - len(self.cases)


def standing_of(group: Group) -> Standing:
    """A group in words."""
    said = {"number": group.version.number, "state": STATE_NAMES[group.state]}
    lines = [(_("已办"), group.names(done=True)), (_("未办"), group.names(done=False))]
    why = ""
    if isinstance(group.plan, Move):
        lines += [(_("迁移后不再办"), _names(group.plan.fallen)), (_("迁移后新增"), _names(group.plan.added))]
        lines.append((_("迁移后改由别人办"), _names(group.plan.changed)))
        lines.append((_("受理前还要提交"), tuple(material.name for material in group.plan.materials)))
    else:
        why = cases.told(group.plan)
    return Standing(
        title=_("第 %(number)s 版　%(state)s") % said,
        count=group.count,
        tag=_tag(group),
        lines=tuple((name, "、".join(words)) for name, words in lines if words),
        why=why,
        cases=cases.numbers_of(group.cases),
        pickable=isinstance(group.plan, Move) or group.unsure,
    )


def _names(steps: tuple[Step, ...]) -> tuple[str, ...]:
    return tuple(step.name for step in steps)


def _tag(group: Group) -> Tag:
    if group.kept:
        return Tag(_("留在原版本"), Tone.NONE)
    if group.moves:
        return Tag(_("可以迁移"), Tone.GO)
    return Tag(_("逐件核对"), Tone.TODO) if group.unsure else Tag(_("不能迁移"), Tone.STOP)


def impact_of(item: Item | None, *, by: Actor) -> Impact | None:
    """What publishing an item as it stands would mean for its running cases; None where nobody can say yet."""
    if item is None or problems(item.plan):
        return None
    return cases.impact(item, by=by)
