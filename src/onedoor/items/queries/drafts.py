"""Reads of drafts: whoever may draft or publish there sees them."""

from __future__ import annotations

from datetime import date

from onedoor.items.models import Draft as Row
from onedoor.items.queries.files import policies
from onedoor.items.queries.standards import lineage, newest_standards, standards_over
from onedoor.items.queries.versions import published
from onedoor.items.rules import Level
from onedoor.items.rules.drafting import OPEN, Draft, DraftState
from onedoor.items.rules.layers import Effective, alike, fold
from onedoor.kernel.actor import Act, Actor, ActorKind
from onedoor.kernel.errors import NotFound


def draft(id: int, *, by: Actor) -> Draft:
    """One draft. NotFound where there is none that this actor may draft or publish."""
    row = Row.objects.filter(pk=id).first()
    if row is None or not _visible(found := draft_of(row), by):
        raise NotFound("没有找到这份草稿。")
    return found


def drafts(*, by: Actor, closed: bool = False, limit: int = 200) -> tuple[Draft, ...]:
    """The drafts of the organs and areas this actor works for, last touched first; ``closed``: those that ended."""
    rows = Row.objects.exclude(state__in=list(OPEN)) if closed else Row.objects.filter(state__in=list(OPEN))
    if by.kind is not ActorKind.SYSTEM:
        organs = {grant.organ for grant in by.grants if grant.acts & {Act.MANAGE_ITEMS, Act.PUBLISH_ITEMS}}
        rows = rows if None in organs else rows.filter(organ__in=organs)
    found = (draft_of(row) for row in rows.order_by("-touched_at", "-id")[:limit])
    return tuple(one for one in found if _visible(one, by))


def awaiting_review(*, by: Actor) -> int:
    """How many drafts wait for this actor to review: those that another person drafted and submitted."""
    if not by.has(Act.PUBLISH_ITEMS):
        return 0
    rows = Row.objects.filter(state=DraftState.SUBMITTED).exclude(drafted_by=by.ref).exclude(submitted_by=by.ref)
    return sum(by.may(Act.PUBLISH_ITEMS, draft_of(row).target) for row in rows)


def above(one: Draft, *, on: date) -> Effective:
    """What the levels above a draft set on a day."""
    over = standards_over(one.family, area=one.area, on=on)
    if not one.code:
        over = tuple(standard for standard in over if standard.area != one.area)
    return fold([standard.layer for standard in over], policies())


def unchanged(one: Draft, *, on: date) -> bool:
    """Whether a draft sets what its level has published already, below the same standards."""
    table = policies()
    if not one.code:
        held = newest_standards([(one.family, one.area)]).get((one.family, one.area))
        if held is None:
            return set(one.own) <= {"name", "basic_code", "sequence"}
        return alike(one.own, held.content, above=above(one, on=on).cells, table=table)
    if not one.number:
        return False
    held_list = lineage(published(one.code).id)
    over = standards_over(one.family, area=one.area, on=on)
    same = alike(one.own, held_list.own.content, above=above(one, on=on).cells, table=table)
    return held_list.standards == over and same


def draft_of(row: Row) -> Draft:
    """The value of a row."""
    values = {name: getattr(row, name) for name in Draft.__dataclass_fields__}
    return Draft(**{**values, "level": Level(row.level), "state": DraftState(row.state)})


def _visible(one: Draft, by: Actor) -> bool:
    return by.may(Act.MANAGE_ITEMS, one.target) or by.may(Act.PUBLISH_ITEMS, one.target)
