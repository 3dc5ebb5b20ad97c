"""一件事 at the desk: which acts its page offers, who said what is missing, and what a form is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from onedoor.areas import queries as areas
from onedoor.cases import queries
from onedoor.cases.rules.application import FORM
from onedoor.cases.rules.gathering import asked, proposals
from onedoor.cases.rules.tasks import ACCEPTANCE
from onedoor.cases.rules.values import State
from onedoor.desk.review.offered import Offer
from onedoor.documents.rules import chinese_date, chinese_moment
from onedoor.items.rules.bundles import materials_of
from onedoor.kernel.actor import Act
from onedoor.kernel.journey import QuestionKind
from onedoor.ui import cases as parts
from onedoor.ui.members import visit_box
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import QueryDict

    from onedoor.cases.queries import CasePage
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.plan import Step


@dataclass(frozen=True, slots=True)
class Ask:
    """One material that a notice or an opinion may ask for. ``who``: the items that need it; ``said``: who named it."""

    key: str
    name: str
    fault: str
    ticked: bool
    who: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the organ of one member said of the materials, or by when it is to."""

    name: str
    organ: str
    tag: Tag
    when: str
    faults: tuple[str, ...]


def before_acceptance(page: CasePage, *, by: Actor) -> list[Offer]:
    """材料意见 of the items that are this officer's."""
    steps = {step.key: step for step in page.steps}
    return [
        Offer("speak", task.name, steps[task.key])
        for task in page.tasks
        if task.key != ACCEPTANCE and queries.may(page.case, task.act, by=by, owner=task.key)
    ]


def in_review(page: CasePage, *, by: Actor) -> list[Offer]:
    """What is owed to a joint visit, calling one, and handing over what is ready."""
    case = page.case
    found = [offer for step in page.steps for offer in _for_a_visit(page, step, by=by)]
    visit = case.visit
    free = not (visit and visit.waiting and visit.signed)
    if free and queries.may(case, Act.REVIEW, by=by) and len(queries.needing_visit(case)) > 1:
        found.append(Offer("call_visit", _("改约联合踏勘") if visit and visit.waiting else _("约联合踏勘")))
    if queries.may(case, Act.DELIVER, by=by) and queries.ready_results(case):
        found.append(Offer("deliver", _("统一出件（先交已办好的）")))
    return found


def _for_a_visit(page: CasePage, step: Step, *, by: Actor) -> list[Offer]:
    """What the organ of one member owes to a joint visit: names first, then its signature; or it goes alone."""
    visit = page.case.visit
    if visit is None or step.key not in visit.waiting or not queries.may(page.case, Act.REVIEW, by=by, owner=step.key):
        return []
    words = {"name": step.name}
    named = Offer("man_visit", _("报联合踏勘人员：%(name)s") % words, step)
    alone = Offer("leave_visit", _("单独去：%(name)s") % words, step)
    if step.key not in visit.crews:
        return [named, alone]
    return [Offer("sign_visit", _("签联合踏勘记录：%(name)s") % words, step), named, alone]


def asking(page: CasePage, given: QueryDict) -> list[Ask]:
    """Each material that a notice may ask for, and the form; what the members' organs named comes first, filled in."""
    named = proposals(page.case, page.item) if page.item.members else {}
    found = []
    for key, name in [*((row.key, row.name) for row in parts.material_rows(page)), (FORM, _("申请表"))]:
        said = named.get(key, ())
        typed = given.get(f"fault.{key}")
        words = "；".join(dict.fromkeys(fault for _name, fault in said)) if typed is None else typed
        ticked = f"ask.{key}" in given if given else bool(said)
        whom = "、".join(name for name, _fault in said)
        found.append(Ask(key, name, words, ticked, _needed_by(page, key), whom))
    return sorted(found, key=lambda ask: not ask.said)


def speaking(page: CasePage, given: QueryDict, member: str) -> list[Ask]:
    """The materials that one member needs, and the form."""
    own = materials_of(page.item, member) | {FORM}
    return [
        Ask(key, name, given.get(f"fault.{key}", ""), f"ask.{key}" in given)
        for key, name in [*((row.key, row.name) for row in parts.material_rows(page)), (FORM, _("申请表"))]
        if key in own
    ]


def _needed_by(page: CasePage, key: str) -> str:
    needing = (m for m in page.item.members if m.key in page.case.steps and key in materials_of(page.item, m.key))
    return "、".join(member.name for member in needing)


def shown(page: CasePage, *, on: date) -> dict[str, object]:
    """What a bundle's page tells beside its members, and on a member's page the visit that its organ is called to."""
    called = queries.called_visit(page.case)
    return {
        "visit": visit_box(page),
        "material_opinions": material_opinions(page, on=on),
        "called": chinese_moment(called.meets) if called else "",
    }


def material_opinions(page: CasePage, *, on: date) -> tuple[Said, ...]:
    """材料意见 of all organs that are asked, with what they said; empty where nobody is."""
    asked_ = asked(page.case, page.item, areas.calendar(page.case.area))
    names = {material.key: material.name for material in page.item.materials} | {FORM: _("申请表")}
    found = []
    for member, last in asked_:
        said = page.case.opinions.get(member.key)
        organ = parts.organ_name(page, page.case.owners[member.key])
        if said is None:
            tag = Tag(_("逾期未提"), Tone.STOP) if on > last else Tag(_("等意见"), Tone.WAIT)
            found.append(Said(member.name, organ, tag, _("%(due)s前") % {"due": chinese_date(last)}, ()))
            continue
        tag = Tag(_("还缺"), Tone.TODO) if said.materials else Tag(_("齐全"), Tone.GO)
        faults = tuple(f"{names.get(key, key)}：{words}" for key, words in said.materials.items())
        found.append(Said(member.name, organ, tag, f"{chinese_date(said.on)} {said.name}", faults))
    return tuple(found)


def drawn(page: CasePage, given: QueryDict, offered: Sequence[Offer]) -> dict[str, object]:
    """What the forms of a bundle's page are filled with."""
    if not page.item.members:
        return {}
    needing = queries.needing_visit(page.case) if any(offer.key == "call_visit" for offer in offered) else ()
    chosen = given.getlist("member") if given else needing
    names = {step.key: step.name for step in page.steps}
    delivering = any(offer.key == "deliver" for offer in offered)
    return {
        "speaking": {o.id: speaking(page, given, o.step.key) for o in offered if o.key == "speak" and o.step},
        "visitable": [(key, names[key], key in chosen) for key in needing],
        "place": given.get("place", page.case.visit.place if page.case.visit else _address(page)),
        "ready": [result.papers for result in queries.ready_results(page.case)] if delivering else [],
    }


def _address(page: CasePage) -> str:
    """The first address of the form: where the visit most likely goes."""
    told = page.answers or {}
    keys = (q.key for q in page.item.form.questions if q.kind is QuestionKind.ADDRESS and q.key in told)
    key = next(keys, "place_address")
    return str(told.get(key, "")) if page.case.state is State.ACCEPTED else ""
