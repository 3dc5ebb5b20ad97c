"""联合踏勘: one visit for all members of a bundle that need one; each organ sends two officers and signs.

It stops no clock (行政许可法 §45 names no check on site). An organ may go alone, and says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import MOST_PHOTOS, in_state, not_for_oneself, required
from onedoor.cases.rules.lifecycle import open_steps, steps_of
from onedoor.cases.rules.numbering import Paper, number_of
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, JointVisit, Signed, State, Verdict
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step, StepKind

FEWEST: Final = 2  # 行政许可法 §34: officers of each organ


@dataclass(frozen=True, slots=True)
class Finding:
    """What one organ found on site. ``photos``: each file of the whole with its SM3."""

    verdict: Verdict
    finding: str
    officers: tuple[str, ...] = ()
    photos: tuple[tuple[str, str], ...] = ()


@law("行政许可法", "34(3)")
def of_the_organ(names: Sequence[str], roster: Sequence[str]) -> None:
    """Invalid where somebody is not on the organ's roster. An empty one says nothing of anybody."""
    strange = [name for name in names if name not in roster] if roster else []
    if strange:
        told = f"{'、'.join(strange)}不在本机关可以去的人员名单里。现场核查由本机关指派工作人员，请从名单里选。"
        raise Invalid([FieldError("officers", told)])


def visit_step(case: Case, item: ItemVersion) -> Step | None:
    """The check on site that a member's case still owes, also where it cannot begin yet; None where it owes none."""
    if case.state is not State.ACCEPTED:
        return None
    owed = (step for step in steps_of(case, item) if step.kind is StepKind.SITE_VISIT and step.key not in case.results)
    return next(owed, None)


def call(
    case: Case, now: Occasion, *, meets: datetime, place: str, members: Sequence[str], needing: Sequence[str]
) -> tuple[e.Event, ...]:
    """约定联合踏勘, or put it off while nobody has signed. ``needing``: the members that owe a check on site.

    Raises Refused where some have signed already; Invalid for a past time, no place, or fewer than two members.
    """
    in_state(case, State.ACCEPTED, "受理以后、办结以前可以约联合踏勘。")
    not_for_oneself(case, now.by)
    if case.visit and case.visit.waiting and case.visit.signed:
        raise Refused("signed_already", "已经有部门签了这次踏勘的记录，不能改时间。没有去的部门可以写明理由单独去。")
    errors = []
    if meets <= now.at:
        errors.append(FieldError("meets", "请填现在以后的时间，给各部门和申请人留出准备的时间。"))
    if not place.strip():
        errors.append(FieldError("place", "请写明在哪里碰头。"))
    if not set(members) <= set(needing):
        errors.append(FieldError("members", "选中的事项里有的现在不需要现场核查。请刷新页面重新选。"))
    if len(set(members)) < FEWEST:
        errors.append(FieldError("members", "联合踏勘至少要有两项。只有一项的，由它的部门在自己的办件里核查。"))
    if errors:
        raise Invalid(errors)
    ordinal = _ordinal(case.visit)
    chosen = tuple(member for member in needing if member in members)
    return (e.VisitCalled(ordinal=ordinal, meets=meets, members=chosen, on=now.on, place=place, officer=now.by.name),)


def _ordinal(before: JointVisit | None) -> int:
    if before is None:
        return 1
    return before.ordinal if before.waiting else before.ordinal + 1


@law("行政许可法", 34)
def man(case: Case, now: Occasion, *, member: str, officers: Sequence[str]) -> tuple[e.Event, ...]:
    """报人员: two officers or more of the member's organ. Refused where it does not take part; Invalid for fewer."""
    _taking_part(case, member)
    return (e.VisitManned(member=member, officers=_crew(officers), on=now.on, officer=now.by.name),)


def leave(case: Case, now: Occasion, *, member: str, reason: str) -> tuple[e.Event, ...]:
    """单独去: the organ checks in its own case, and says why. Where it was the last awaited, the record is complete."""
    visit = _taking_part(case, member)
    required(reason=reason)
    left = e.VisitLeft(member=member, on=now.on, reason=reason, officer=now.by.name)
    return (left, *_recorded(case, replace(visit, alone={**visit.alone, member: reason}), now))


@law("行政许可法", 34)
def sign(case: Case, now: Occasion, *, member: str, found: Finding) -> tuple[e.Event, ...]:
    """签记录: what the organ found, on the day of the visit or after it. Nobody named: those whom it sent.

    Raises Refused before that day; Invalid without words, or with fewer than two officers.
    """
    visit = _taking_part(case, member)
    not_for_oneself(case, now.by)
    if now.on < local_date(visit.meets):
        raise Refused("not_yet", "还没有到约定踏勘的日子，不能先签记录。")
    if found.verdict is Verdict.SILENT:
        raise Invalid([FieldError("verdict", "请选择结论。")])
    required(opinion=found.finding)
    if len(found.photos) > MOST_PHOTOS:
        raise Invalid([FieldError("photos", f"现场照片最多 {MOST_PHOTOS} 张，请挑选最能说明情况的。")])
    signed = e.VisitSigned(
        member=member,
        verdict=found.verdict,
        officers=_crew(found.officers or visit.crews.get(member, ())),
        on=now.on,
        photos=found.photos,
        finding=found.finding,
        officer=now.by.name,
    )
    mine = Signed(found.verdict, now.by.ref, now.by.name, now.on, signed.officers)
    return (signed, *_recorded(case, replace(visit, signed={**visit.signed, member: mine}), now))


def overtaken(before: Case, after: Case, now: Occasion) -> tuple[e.Event, ...]:
    """The record, where the last that was awaited is no longer: its member was closed without the visit."""
    visit = after.visit
    return _recorded(after, visit, now) if before.visit and before.visit.waiting and visit else ()


def not_called(whole: Case, number: str) -> None:
    """Refused where the member with this case is to go with the others: it signs there, or says why it goes alone."""
    visit = whole.visit
    if visit and any(whole.children[member].number == number for member in visit.waiting):
        day = local_date(visit.meets)
        told = f"这一项约了{day.month}月{day.day}日联合踏勘。请到一件事 {whole.number} 签记录，或者写明理由单独去。"
        raise Refused("joint_visit", told)


def needing(case: Case, children: Mapping[str, tuple[Case, ItemVersion]]) -> tuple[str, ...]:
    """The members, in the bundle's order, whose case still owes a check on site."""
    return tuple(member for member in case.steps if member in children and visit_step(*children[member]))


def ready_to_sign(case: Case, item: ItemVersion) -> Step:
    """The check on site of a member's case; Refused where what comes before it is not done."""
    step = visit_step(case, item)
    if step is None:
        raise Refused("no_visit", "这一项现在没有要办的现场核查，可能已经核查过，或者已经决定。")
    if step not in open_steps(case, item):
        names = "、".join(item.plan.step(key).name for key in step.after if key not in case.results)
        raise Refused("step_not_open", f"请先在{case.item_name}的办件里办完“{names}”，再签踏勘记录。")
    return step


def _taking_part(case: Case, member: str) -> JointVisit:
    in_state(case, State.ACCEPTED, "这件已经办结，不再踏勘。")
    visit = case.visit
    if visit is None or member not in visit.waiting:
        raise Refused("not_called", "这一项没有约联合踏勘，或者已经签过、已经改为单独去。请刷新页面。")
    return visit


def _crew(officers: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in officers if name.strip()))
    if len(names) < FEWEST:
        raise Invalid([FieldError("officers", f"每个部门应当有 {FEWEST} 名以上工作人员，请逐一写明姓名。")])
    return names


def _recorded(case: Case, visit: JointVisit, now: Occasion) -> tuple[e.Event, ...]:
    """The record, once nobody else is awaited; ``visit``: as it stands after this act."""
    if visit.waiting or not visit.signed:
        return ()
    number = number_of(case.number, Paper.VISIT, visit.ordinal)
    return (e.VisitRecorded(ordinal=visit.ordinal, on=now.on, document=number),)
