"""起草、送审、审核、发布: how a change of the catalogue comes about, and what its drafter may write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from onedoor.items.rules.codes import Level
from onedoor.items.rules.layers import (
    Cells,
    Effective,
    Layer,
    arranged,
    as_good,
    assemble,
    cell,
    cells,
    deviations,
    fold,
    orders,
)
from onedoor.kernel.actor import Target
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.tree import Path, place


class DraftState(StrEnum):
    """草稿状态."""

    DRAFT = "draft"  # 起草中
    SUBMITTED = "submitted"  # 待审核
    PUBLISHED = "published"  # 已发布
    DISCARDED = "discarded"  # 已放弃


OPEN: Final = (DraftState.DRAFT, DraftState.SUBMITTED)


class Move(StrEnum):
    """What may be done with a draft (动作)."""

    CHANGE = "change"  # 修改
    SUBMIT = "submit"  # 送审
    SEND_BACK = "send_back"  # 退回
    PUBLISH = "publish"  # 审核发布
    DISCARD = "discard"  # 放弃


_FROM: Final = {
    Move.CHANGE: DraftState.DRAFT,
    Move.SUBMIT: DraftState.DRAFT,
    Move.SEND_BACK: DraftState.SUBMITTED,
    Move.PUBLISH: DraftState.SUBMITTED,
    Move.DISCARD: DraftState.DRAFT,
}
INHERIT: Final = object()
"""In place of a value: take one's own away, so that the level above decides again."""


@dataclass(frozen=True, slots=True)
class Order:
    """In place of a table's value: all of its rows by their keys, in the order in which they are to stand (排序)."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A list (``code``) or a standard (no code) being worked on. ``own`` is what its level sets."""

    id: int
    code: str
    family: str
    level: Level
    area: str
    organ: str
    organ_name: str
    title: str
    own: Mapping[str, Any]
    number: int  # the published version that it set out from; 0 = none yet
    state: DraftState
    version: int
    touched_at: datetime
    drafted_by: str
    submitted_by: str = ""
    effective_from: date | None = None
    reason: str = ""

    @property
    def layer(self) -> Layer:
        """Its place in the chain of levels."""
        return Layer(self.level, self.organ_name, self.own)

    @property
    def target(self) -> Target:
        """What an act on it is aimed at."""
        return Target(frozenset({self.organ} - {""}), self.area, item=self.code or None)

    @property
    def open(self) -> bool:
        """Whether anything may still be done with it."""
        return self.state in OPEN


def check_move(draft: Draft, move: Move, *, by: str) -> None:
    """Refused where the draft's state, or who acts, does not allow this. A second person publishes (审核与起草分离)."""
    if draft.state is not _FROM[move]:
        said = {DraftState.DRAFT: "还在起草", DraftState.SUBMITTED: "已经送审，正在等待审核"}
        now = said.get(draft.state, "已经办结")
        raise Refused("draft_state", f"这份草稿{now}，现在不能这样办。请刷新页面看它的状态。")
    if move is Move.PUBLISH and by in {draft.submitted_by, draft.drafted_by}:
        raise Refused("second_person", "起草或者送审的人不能自己审核发布。请由另一位有审核权限的人办理。")


def change(above: Effective, draft: Draft, changes: Mapping[Path, Any]) -> dict[str, Any]:
    """What the level sets after these changes: values, values taken away (``INHERIT``), rows in another ``Order``.

    Raises Invalid with every change that is no such value, or that the levels above do not allow, each with why.
    """
    table = above.table
    mine = cells(draft.own, table)
    rows = orders(mine, table)
    for path, value in changes.items():
        if value is INHERIT:
            mine = {held: kept for held, kept in mine.items() if held[: len(path)] != path}
        elif isinstance(value, Order):
            rows[str(path[0])] = _allowed(above, draft, name=str(path[0]), order=value)
        else:
            mine[path] = cell(path, value, table)
    mine = _beyond(above, mine) if draft.code else mine
    own = assemble(arranged(above.cells, mine, wanted=rows, table=table), table)
    changed = {path[:2] for path in changes} | set(changes)
    wrong = deviations(above, Layer(draft.level, draft.organ_name, own))
    told = [FieldError(place(d.path), d.message) for d in wrong if d.path in changed or d.path[:2] in changed]
    if told:
        raise Invalid(told)
    return own


def _allowed(above: Effective, draft: Draft, *, name: str, order: Order) -> tuple[str, ...]:
    """The order, where it is one of the rows that stand there and leaves those of the levels above as they are."""
    held = orders(fold([*above.layers, draft.layer], above.table).cells, above.table)[name]
    if sorted(held) != sorted(order.keys):
        raise Invalid([FieldError(name, "这张表的各项已经变了。请刷新页面，再排顺序。")])
    standing = orders(above.cells, above.table)[name]
    if tuple(key for key in order.keys if key in standing) != standing:
        label = above.table.rows[name].label
        raise Invalid([FieldError(name, f"上级规定的{label}之间的先后不能改，本级自己加的可以放在任何位置。")])
    return order.keys


def kept(above: Effective, own: Mapping[str, Any]) -> dict[str, Any]:
    """What of a list's own stands on below a changed standard: values that it no longer allows give way (采纳)."""
    mine = cells(own, above.table)
    stands = {path: value for path, value in mine.items() if _stands(above, path, value)}
    return assemble(arranged(above.cells, stands, wanted=orders(mine, above.table), table=above.table), above.table)


def _stands(above: Effective, path: Path, value: Any) -> bool:
    if path not in above.cells:
        return True
    held = above.cells[path]
    return value != held and as_good(held, value, above.table.of(path))


def _beyond(above: Effective, mine: Cells) -> Cells:
    """A list leaves to be inherited what it does not say otherwise; a standard stays readable alone."""
    return {path: value for path, value in mine.items() if path not in above.cells or above.cells[path] != value}
