"""The acts of a script, each one real command by whoever may do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

from onedoor.areas import queries as areas
from onedoor.cases import commands, queries
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.rules.hearing import Newcomer
from onedoor.cases.rules.lifecycle import open_steps
from onedoor.cases.rules.papers import cited
from onedoor.cases.rules.paying import asked_of, due_fees
from onedoor.cases.rules.promising import awaited
from onedoor.cases.rules.tasks import ACCEPTANCE, is_task
from onedoor.cases.rules.values import Case, Delivery, Outcome, State, Verdict
from onedoor.cases.rules.values.hearing import APPLICANT, Meeting
from onedoor.demo import files
from onedoor.demo.people import Applicant
from onedoor.demo.staff import Cast
from onedoor.demo.worker import Worker
from onedoor.items import queries as items
from onedoor.items.rules import ItemVersion
from onedoor.items.rules.codes import Source
from onedoor.journal.rules import EntryMode
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import CHINA, Approver, Ground
from onedoor.kernel.plan import Step, StepKind
from onedoor.kernel.workdays import add_workdays
from onedoor.vault import commands as vault

FRONT: Final = ("window", "handle", "hall")
BACK: Final = ("handle", "examine", "approve", "head")
SIGNERS: Final = ("examine", "approve", "head")
DECIDERS: Final = ("approve", "chief", "head")
OPINIONS: Final = {
    StepKind.SITE_VISIT: "两名工作人员到现场核查，情况与申请一致。",
    StepKind.OPINION: "经研究，无不同意见。",
    StepKind.PUBLICITY: "公示期满，没有收到异议。",
    StepKind.EXPERT_REVIEW: "专家评审通过，意见已归入本件。",
    StepKind.DELIBERATION: "经集体讨论，同意按程序办理。",
    StepKind.FIRST_REVIEW: "初审符合条件，建议予以确认。",
    StepKind.SIGN_OFF: "审核无误，提请决定。",
    StepKind.REGISTER_CHECK: "人口库没有登记户籍地，查看户口簿原件，年龄和户籍属实。",
}
RECKONED: Final = 36_000  # 分
COMPUTATION: Final = "12 平方米，每平方米 30 元，共 360 元（示例）。"
PASSED: Final = "材料齐全，符合规定的条件。"
FAILED: Final = "与规定的条件不符：现场情况与申报材料不一致。"
STOP_DAYS: Final = 30
HEARD_AT: Final = time(9, 30)


@dataclass(frozen=True, slots=True)
class Scene:
    """One act about to be played: on which case, who stands for the applicant, when."""

    case: Case
    asker: Actor
    cast: Cast
    at: datetime
    argument: str
    worker: Worker
    people: Mapping[str, Applicant] = field(default_factory=dict)

    @property
    def applicant(self) -> Actor:
        """The applicant's own hand: the account, or for those without one the number and query password."""
        if self.asker.represents:
            return self.asker
        return replace(queries.bearer(self.case.number), simulated=True)

    @property
    def item(self) -> ItemVersion:
        """The version that the case was filed under."""
        return items.version(self.case.item_version)

    @property
    def busy(self) -> frozenset[str]:
        """Those who had a part already: another one decides, if there is one."""
        return frozenset({self.case.acceptor or "", *(result.by for result in self.case.results.values())})

    def officer(
        self, act: Act, owner: str | None, *, posts: tuple[str, ...], but: frozenset[str] = frozenset()
    ) -> Actor:
        """Whoever may do it on that day."""
        return self.cast.officer(act, self.case, on=self.at.date(), owner=owner, posts=posts, but=but)

    @property
    def deciding(self) -> str:
        """The key of the deciding step."""
        return next(step.key for step in self.item.plan.steps if step.decides)


Played = tuple[Case, bool]  # the case afterwards, and whether the same act goes on at the next gap


def accept(scene: Scene) -> Played:
    """受理, unless silence has accepted it already."""
    if scene.case.state is not State.SUBMITTED:
        return scene.case, False
    by = scene.officer(Act.ACCEPT, ACCEPTANCE, posts=FRONT)
    _look(scene, by, scene.at)
    return commands.accept(scene.case.number, by=by, at=scene.at), False


def _look(scene: Scene, by: Actor, at: datetime) -> None:
    """Open what was handed in, one to nine minutes before acting on it."""
    before = timedelta(seconds=Random(f"{scene.case.number}:{by.ref}:{at}").randint(60, 540))
    for material, opened in sorted(scene.case.materials.items())[:1]:
        commands.open_material(scene.case.number, by=by, at=at - before, material=material, file=opened[0])


def notify(scene: Scene) -> Played:
    """一次性告知: the first material that the applicant brought, or the form."""
    brought = [m for m in scene.item.materials if m.key in scene.case.materials]
    by = scene.officer(Act.NOTIFY, ACCEPTANCE, posts=FRONT)
    wrong = {m.key: f"“{m.name}”不清晰，缺盖章页。请重新扫描全部页面后上传。" for m in brought[:1]}
    wrong = wrong or {"form": "联系地址不完整，请补充到门牌号。"}
    return commands.request_supplement(scene.case.number, by=by, at=scene.at, materials=wrong, note=""), False


def supplement(scene: Scene) -> Played:
    """补正, by the applicant."""
    asked = scene.case.supplement.materials if scene.case.supplement else {}
    known = {m.key: m for m in scene.item.materials if m.source is Source.APPLICANT}
    given = {}
    for key in asked.keys() & known.keys():
        content = files.pdf("示例材料（补正）", known[key].name, "全部内容虚构，无法律效力")
        name = f"{known[key].name[-60:]}（补正）.pdf"
        stored = vault.store(content, name=name, by=scene.asker, at=scene.at, entry_mode=EntryMode.SIMULATED)
        given[key] = (stored.id,)
    return commands.supplement(scene.case.number, by=scene.asker, at=scene.at, materials=given), False


def bring(scene: Scene) -> Played:
    """补交 what was promised for later, by the applicant."""
    given = {}
    for key in sorted(awaited(scene.case)):
        name = scene.item.material(key).name
        content = files.pdf("示例材料（后补）", name, "全部内容虚构，无法律效力")
        stored = vault.store(
            content, name=f"{name[-60:]}.pdf", by=scene.asker, at=scene.at, entry_mode=EntryMode.SIMULATED
        )
        given[key] = (stored.id,)
    return commands.hand_in_owed(scene.case.number, by=scene.asker, at=scene.at, materials=given), False


def refuse(scene: Scene) -> Played:
    """不受理 or 不予受理."""
    outcome = Outcome(scene.argument)
    by = scene.officer(Act.REFUSE, ACCEPTANCE, posts=FRONT)
    needless = outcome is Outcome.NOT_REQUIRED
    reason = "只销售预包装食品，依法不需要取得许可，备案即可。" if needless else "取水口在县界以外，不属于本机关职权。"
    where = "县市场监督管理局备案窗口，当场办结。" if needless else "请向保山市水务局申请，电话 0875-2120000（示例）。"
    return (
        commands.refuse_acceptance(
            scene.case.number, by=by, at=scene.at, outcome=outcome, reason=reason, where_to_turn=where
        ),
        False,
    )


def step(scene: Scene) -> Played:
    """Every step that can be worked now is done; they run side by side."""
    case, at = scene.case, scene.at
    for one in _workable(scene):
        case = complete(scene, one, verdict=Verdict.PASSED, at=at)
        at += timedelta(minutes=7)
    return case, False


def steps(scene: Scene) -> Played:
    """Round after round until only the decision is left."""
    case, _ = step(scene)
    left = [s for s in open_steps(case, scene.item) if not s.decides]
    return case, bool(left)


def fail(scene: Scene) -> Played:
    """The last of the steps that can be worked now finds that it does not comply; the others pass."""
    case, at = scene.case, scene.at
    workable = _workable(scene)
    for one in workable:
        case = complete(scene, one, verdict=Verdict.FAILED if one is workable[-1] else Verdict.PASSED, at=at)
        at += timedelta(minutes=7)
    return case, False


def _workable(scene: Scene) -> list[Step]:
    return [s for s in open_steps(scene.case, scene.item) if not s.decides and is_task(scene.case, s)]


def complete(scene: Scene, one: Step, *, verdict: Verdict, at: datetime) -> Case:
    """One step, by whoever may do it; a check on site by two; what is to be paid, by its receipt."""
    if one.kind is StepKind.PAYMENT:
        return paid(scene, one, at=at)
    posts = SIGNERS if one.kind is StepKind.SIGN_OFF else BACK
    by = scene.officer(Act.REVIEW, one.key, posts=posts, but=frozenset({scene.case.acceptor or ""}))
    names: tuple[str, ...] = ()
    if one.officers > 1:
        second = scene.officer(Act.REVIEW, one.key, posts=BACK, but=frozenset({by.ref}))
        names = written(scene, one.key, [by.name, second.name])
    _look(scene, by, at)
    opinion = OPINIONS.get(one.kind, PASSED) if verdict is Verdict.PASSED else FAILED
    return commands.complete_step(
        scene.case.number, by=by, at=at, step=one.key, verdict=verdict, opinion=opinion, officers=names
    )


def paid(scene: Scene, one: Step, *, at: datetime) -> Case:
    """缴费: how much, where a tariff decides it; else the receipt that the applicant brings to the window."""
    asked = asked_of(scene.case).get(one.key)
    if asked is None:
        by = scene.officer(Act.REVIEW, one.key, posts=BACK)
        amounts = dict.fromkeys(by_tariff(scene), RECKONED)
        return commands.set_charges(
            scene.case.number, by=by, at=at, step=one.key, amounts=amounts, computation=COMPUTATION
        )
    by = scene.officer(Act.RECEIVE, one.key, posts=FRONT)
    receipt = commands.Paid(f"53052426{scene.case.id:010}", asked.cents, at.date())
    return commands.record_payment(scene.case.number, receipt, by=by, at=at, step=one.key)


def by_tariff(scene: Scene) -> list[str]:
    """The fees of this case that a tariff decides."""
    page = queries.case_page(scene.case.number, by=PLATFORM, on=scene.at.date())
    return [fee.name for fee in due_fees(page.item, page.answers or {}) if fee.cents is None]


def written(scene: Scene, step: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names of those who went, as the record of a check on site writes them."""
    organ = scene.case.owners.get(step, scene.case.organ)
    return queries.written(organ, names, on=scene.at.date())


def back(scene: Scene) -> Played:
    """退回重办 of the first step done."""
    first = next(s.key for s in scene.item.plan.steps if s.key in scene.case.results)
    by = scene.officer(Act.REVIEW, first, posts=SIGNERS)
    reason = "现场照片缺少取水口近景，请补充后重新提出审查意见。"
    return commands.send_back(scene.case.number, by=by, at=scene.at, step=first, reason=reason), False


def stop(scene: Scene) -> Played:
    """特别程序."""
    by = scene.officer(Act.SUSPEND, scene.deciding, posts=BACK)
    return (
        commands.start_special_procedure(
            scene.case.number,
            by=by,
            at=scene.at,
            ground=Ground(scene.argument),
            notified_end=scene.at.date() + timedelta(days=STOP_DAYS),
            reason="依法需要，已书面告知申请人所需时间。",
        ),
        False,
    )


def resume(scene: Scene) -> Played:
    """特别程序结束."""
    by = scene.officer(Act.SUSPEND, scene.deciding, posts=BACK)
    result = "结论合格，报告已归入本件。"
    return commands.end_special_procedure(scene.case.number, by=by, at=scene.at, result=result), False


def extend(scene: Scene) -> Played:
    """延长期限, by the head of the organ."""
    by = scene.officer(Act.EXTEND, scene.deciding, posts=("head",))
    reason = "连日降雨，林区道路中断，现场核查无法按期完成。"
    return commands.extend(scene.case.number, by=by, at=scene.at, approver=Approver.ORGAN_HEAD, reason=reason), False


def neighbour(scene: Scene) -> Played:
    """列明利害关系人: one whom the register knows."""
    by, one = scene.officer(Act.REVIEW, None, posts=BACK), scene.people[scene.argument]
    newcomer = Newcomer(one.name, "", "在下游取水浇地，取水口相距不远", one.ref)
    return commands.name_interested(scene.case.number, newcomer, by=by, at=scene.at), False


def right(scene: Scene) -> Played:
    """告知听证权利."""
    by = scene.officer(Act.SUSPEND, scene.deciding, posts=BACK)
    reason = "取水可能影响下游农户浇地，涉及他人的重大利益。"
    return commands.tell_hearing_right(scene.case.number, by=by, at=scene.at, reason=reason), False


def ask(scene: Scene) -> Played:
    """申请听证, by the applicant, who has been told."""
    why = "想当面说清楚取水的时间和数量。"
    number, by = scene.case.number, scene.applicant
    return commands.ask_hearing(number, by=by, at=scene.at, seat=APPLICANT, reason=why), False


def convene(scene: Scene) -> Played:
    """听证通知, for the first morning that the law leaves open; whoever examined nothing presides."""
    by = scene.officer(Act.SUSPEND, scene.deciding, posts=BACK)
    notice = scene.item.clock.hearing.notice if scene.item.clock.hearing else 0
    day = add_workdays(scene.at.date(), notice + 1, areas.calendar(scene.case.area)).date
    able = [one for one in queries.presiders(scene.case, on=scene.at.date()) if one.ref != by.ref]
    meeting = Meeting(datetime.combine(day, HEARD_AT, CHINA), "县政务服务中心三楼听证室", able[-1].ref, "")
    return commands.convene_hearing(scene.case.number, meeting, by=by, at=scene.at), False


def grant(scene: Scene) -> Played:
    """准予; with the argument ``left`` the instance's own worker makes the result."""
    case = _decide(scene, Outcome.GRANTED, "符合法定条件和标准，准予。")
    if scene.argument == "left":
        scene.worker.leave()
    return case, False


def deny(scene: Scene) -> Played:
    """不予, with reasons."""
    return _decide(scene, Outcome.DENIED, "申报材料与现场情况不一致，不符合规定的条件，决定不予。"), False


def _decide(scene: Scene, outcome: Outcome, reasons: str) -> Case:
    by = scene.officer(Act.DECIDE, scene.deciding, posts=DECIDERS, but=scene.busy)
    article = cited(scene.item.basis[0])
    return commands.decide(scene.case.number, by=by, at=scene.at, outcome=outcome, reasons=reasons, article=article)


def show(scene: Scene) -> Played:
    """开始公示, by whoever does that step."""
    case, one = scene.case, next(s for s in _workable(scene) if s.kind is StepKind.PUBLICITY)
    by = scene.officer(Act.REVIEW, one.key, posts=BACK, but=frozenset({case.acceptor or ""}))
    notice = f"{case.applicant_name}申请{case.item_name}，经初审拟同意，现予公示。"
    return commands.start_publicity(case.number, by=by, at=scene.at, step=one.key, notice=notice), False


def up(scene: Scene) -> Played:
    """报上级决定, by whoever decides for the organ."""
    by = scene.officer(Act.DECIDE, scene.deciding, posts=DECIDERS, but=scene.busy)
    number, opinion, way = (
        scene.case.number,
        "亲子关系清楚，符合规定的条件，建议准予。",
        "市级业务系统推送，纸质件随机要交换",
    )
    case = commands.report_upward(number, by=by, at=scene.at, verdict=Verdict.PASSED, opinion=opinion, way=way)
    return case, False


def withdraw(scene: Scene) -> Played:
    """申请人撤回."""
    return commands.withdraw(scene.case.number, by=scene.applicant, at=scene.at, reason="计划有变，暂不办理。"), False


def deliver(scene: Scene) -> Played:
    """送达."""
    by = scene.officer(Act.DELIVER, scene.deciding, posts=("deliver", "window", "hall"))
    method, receiver = Delivery(scene.argument), scene.case.applicant_name or "本人"
    return commands.deliver(scene.case.number, by=by, at=scene.at, method=method, receiver=receiver), False


def rate(scene: Scene) -> Played:
    """评价."""
    level = int(scene.argument)
    comment = "没跑一趟就办好了。" if level == 5 else ""
    return commands.rate(scene.case.number, by=scene.applicant, at=scene.at, level=level, comment=comment), False


SCENES: Final[dict[str, Callable[[Scene], Played]]] = {
    scene.__name__: scene
    for scene in (
        accept, notify, supplement, bring, refuse, step, steps, fail, back, stop, resume, extend, grant, deny, up,
        withdraw, deliver, rate, neighbour, right, ask, convene, show,
    )
}  # fmt: skip
