"""The acts of a script on one thing (一件事): opinions on the materials, the joint visit, each member's decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from onedoor.areas import queries as areas
from onedoor.cases import commands, queries
from onedoor.cases.rules.gathering import asked
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.values import Case, Delivery, Verdict
from onedoor.cases.rules.visiting import Finding, visit_step
from onedoor.demo import scenes
from onedoor.demo.scenes import BACK, Played, Scene
from onedoor.demo.worker import SIMULATED
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import CHINA
from onedoor.kernel.plan import StepKind
from onedoor.kernel.workdays import add_workdays

MEETS: Final = time(9, 30)
SEEN: Final = {True: "到现场逐项看过，情况与申请一致。", False: "现场与申请不一致：门店离学校不足规定的距离。"}
APART: Final = timedelta(minutes=7)


def opinions(scene: Scene) -> Played:
    """材料意见: every organ that is asked says that all is there."""
    case, at = scene.case, scene.at
    page = queries.case_page(case.number, by=SIMULATED, on=at.date())
    for member, _ in asked(case, page.item, areas.calendar(case.area)):
        by = scene.officer(Act.REVIEW, member.key, posts=BACK)
        case = commands.speak(case.number, by=by, at=at, member=member.key, materials={})
        at += APART
    return case, False


def call(scene: Scene) -> Played:
    """约联合踏勘 for the morning after, by the lead; every organ names two."""
    case, at = scene.case, scene.at
    members = queries.needing_visit(case)
    day = add_workdays(at.date(), 1, areas.calendar(case.area)).date
    meets = datetime.combine(day, MEETS, CHINA)
    by = scene.officer(Act.REVIEW, members[0], posts=BACK)
    case = commands.call_visit(case.number, commands.VisitCall(meets, "店门口", members), by=by, at=at)
    for member in members:
        at += APART
        case = commands.man_visit(
            case.number, by=_crew(scene, member)[0], at=at, member=member, officers=_names(scene, member)
        )
    return case, False


def sign(scene: Scene) -> Played:
    """签联合踏勘记录, each organ its own; what comes before it is done first. An argument names who finds it wrong."""
    case, at = scene.case, scene.at
    for member in case.visit.waiting if case.visit else ():
        at = _before_the_visit(scene, member, at)
        passed = member != scene.argument
        found = Finding(Verdict.PASSED if passed else Verdict.FAILED, SEEN[passed])
        case = commands.sign_visit(case.number, found, by=_crew(scene, member)[0], at=at, member=member)
        at += APART
    return case, False


def finish(scene: Scene) -> Played:
    """One member to its decision: 准予, or 不予 where a step failed."""
    child = replace(scene, case=_child(scene, scene.argument))
    more = True
    while more:
        case, more = scenes.steps(child)
        child = replace(child, case=case, at=child.at + APART * len(case.steps))
    failed = any(result.verdict is Verdict.FAILED for result in child.case.results.values())
    (scenes.deny if failed else scenes.grant)(replace(child, argument=""))
    return scene.case, False


def hand_out(scene: Scene) -> Played:
    """统一出件 at the window."""
    by = scene.officer(Act.DELIVER, None, posts=("deliver", "window", "hall"))
    receiver = scene.case.applicant_name or "本人"
    number, method = scene.case.number, Delivery.WINDOW
    return commands.deliver(number, by=by, at=scene.at, method=method, receiver=receiver), False


def _before_the_visit(scene: Scene, member: str, at: datetime) -> datetime:
    case = _child(scene, member)
    page = queries.case_page(case.number, by=SIMULATED, on=at.date())
    own = visit_step(case, page.item)
    while own and own not in open_steps(case, page.item):
        one = next(s for s in open_steps(case, page.item) if s.kind is not StepKind.SITE_VISIT)
        case = scenes.complete(replace(scene, case=case), one, verdict=Verdict.PASSED, at=at)
        at += APART
    return at


def _child(scene: Scene, member: str) -> Case:
    number = scene.case.children[member].number
    return queries.case_page(number, by=SIMULATED, on=scene.at.date()).case


def _crew(scene: Scene, member: str) -> tuple[Actor, Actor]:
    first = scene.officer(Act.REVIEW, member, posts=BACK)
    return first, scene.officer(Act.REVIEW, member, posts=BACK, but=frozenset({first.ref}))


def _names(scene: Scene, member: str) -> tuple[str, ...]:
    return scenes.written(scene, member, [one.name for one in _crew(scene, member)])


SCENES: Final[dict[str, Callable[[Scene], Played]]] = {
    scene.__name__: scene for scene in (opinions, call, sign, finish, hand_out)
}
