"""材料意见: before the one notice each member's organ says what is missing from its side; the lead sends it once.

An organ is heard, not waited for without end: after its last day the lead goes on alone. What was there to be seen and
was not said cannot be asked later (行政许可法 §32(1).4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from onedoor.cases.rules import events as e
from onedoor.cases.rules.application import FORM
from onedoor.cases.rules.clocks import acceptance_start
from onedoor.cases.rules.demands import in_state, not_for_oneself, not_too_long
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.bundles import materials_of
from onedoor.items.rules.values import ItemVersion, Member
from onedoor.kernel.clock import Clock, due
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import Article, law
from onedoor.kernel.workdays import Calendar

ONE_NOTICE = Article("行政许可法", "32(1).4")


def asked(case: Case, item: ItemVersion, calendar: Calendar) -> tuple[tuple[Member, date], ...]:
    """The members whose organ is asked what is missing, each with the last day; the lead says it in the notice itself.

    After a supplement only those are asked again whose materials it was about.
    """
    if case.state is not State.SUBMITTED:
        return ()
    return tuple(
        (member, due(Clock(member.opinion, acceptance_start(case)), calendar).date)
        for member in item.members
        if member.opinion
        and member.key in case.steps
        and case.owners[member.key] != case.organ
        and _concerned(case, item, member)
    )


def _concerned(case: Case, item: ItemVersion, member: Member) -> bool:
    return case.supplement is None or not materials_of(item, member.key).isdisjoint(case.supplement.materials)


@law("行政许可法", "32(1).4")
def speak(case: Case, now: Occasion, *, member: str, materials: Mapping[str, str]) -> tuple[e.Event, ...]:
    """提出材料意见: what of this member's materials is missing or faulty; none: all is there. It may be said anew.

    Raises Refused once the lead has acted, and for what a second notice may not name; Invalid for others' materials.
    """
    in_state(case, State.SUBMITTED, "牵头部门已经告知或者受理，不能再提材料意见。补正只能一次告知。")
    not_for_oneself(case, now.by)
    found = {one.key: one for one, _ in asked(case, now.item, now.calendar)}
    if member not in found:
        raise Refused("not_asked", "这一项不需要提材料意见。")
    faults = {key: text.strip() for key, text in materials.items() if text.strip()}
    not_too_long(*faults.values())
    if not faults.keys() <= materials_of(now.item, member) | {FORM}:
        raise Invalid([FieldError("materials", f"只能对{found[member].name}要用的材料提意见。")])
    if case.supplement and not faults.keys() <= case.supplement.materials.keys():
        told = "补正只能一次告知全部内容。现在只能提上次要求补正的材料本身的问题；漏看的，由本机关负责人追加请求。"
        raise Refused("second_notice", told, ONE_NOTICE)
    return (e.MemberSpoke(member=member, materials=faults, on=now.on, officer=now.by.name),)


def complete(case: Case, now: Occasion, faults: Mapping[str, str]) -> None:
    """Whether the one notice holds what every member's organ said. Raises Refused while one may still speak, Invalid
    where the notice leaves out what one named.
    """
    late = [
        f"{member.name}（最迟{last.month}月{last.day}日）"
        for member, last in asked(case, now.item, now.calendar)
        if member.key not in case.opinions and now.on <= last
    ]
    if late:
        told = f"还没有提材料意见：{'、'.join(late)}。补正只能告知一次，请等他们提完，或者过了这一天再发。"
        raise Refused("members_not_heard", told, ONE_NOTICE)
    left = [name for name, key in _named(case, now.item) if key not in faults]
    if left:
        told = f"并联部门提出、告知书里没有写：{'、'.join(dict.fromkeys(left))}。请一并写明。"
        raise Invalid([FieldError("materials", told)])


def nothing_missing(case: Case, now: Occasion) -> None:
    """Refused where a member's organ named what is missing and nobody told the applicant."""
    if named := [name for name, _ in _named(case, now.item)]:
        told = f"并联部门提出还缺：{'、'.join(dict.fromkeys(named))}。请先一次性告知补正，补齐后再受理。"
        raise Refused("members_lack", told, ONE_NOTICE)


def proposals(case: Case, item: ItemVersion) -> dict[str, tuple[tuple[str, str], ...]]:
    """What the members' organs named, by material: the member's name and its words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for member in item.members:
        said = case.opinions.get(member.key)
        for key, words in (said.materials if said else {}).items():
            found.setdefault(key, []).append((member.name, words))
    return {key: tuple(said) for key, said in found.items()}


def _named(case: Case, item: ItemVersion) -> Iterator[tuple[str, str]]:
    """Each material that was named: in words, and its key."""
    names = {material.key: material.name for material in item.materials} | {FORM: "申请表"}
    for key, said in proposals(case, item).items():
        yield f"{names.get(key, key)}（{'、'.join(name for name, _ in said)}）", key
