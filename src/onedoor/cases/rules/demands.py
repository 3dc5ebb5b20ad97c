"""What every act demands: the right state, words where words are owed, nobody in their own matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from onedoor.cases.rules.automatic import by_platform
from onedoor.cases.rules.values import Case, Outcome, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.law import Article, law
from onedoor.kernel.plan import Step, StepKind

LONGEST_TEXT = 2000
MOST_PHOTOS = 20
VISITORS = "现场核查应当有 {} 名以上工作人员，请逐一写明姓名。"
AT_WORK = {
    StepKind.REGISTER_CHECK: "系统正在自动核验这个环节，马上有结果，请稍后刷新页面。核验不了的会转来人工核对。",
    StepKind.PAYMENT: "系统正在核定应缴的费用，马上有结果，请稍后刷新页面。",
}
NAMES_OWED = {
    StepKind.DELIBERATION: "集体讨论应当有 {} 人以上参加，请逐一写明姓名。",
    StepKind.EXPERT_REVIEW: "专家评审应当有 {} 位以上专家，请逐一写明姓名。",
}


def in_state(case: Case, state: State, message: str) -> None:
    """Raises Refused with what to do where the case is in another state."""
    if case.state is not state:
        raise Refused("wrong_state", message)


def not_for_oneself(case: Case, by: Actor) -> None:
    """回避: Refused where the officer is the applicant, or applies for them."""
    mine = {representation.party for representation in by.represents}
    if by.ref == case.agent or case.applicant in mine:
        raise Refused("own_case", "您是这件申请的申请人或代办人，依法应当回避，请转交他人办理。")


def required(**texts: str) -> None:
    """Raises Invalid for each text that is empty, and where one is too long or cannot be stored."""
    names = {
        "reason": "请写明理由。",
        "reasons": "请写明理由：准予的也要写明符合哪些条件。",
        "opinion": "请写明理由与依据。",
        "article": "请写明依据的法律条款。",
        "where_to_turn": "请写明申请人可以向哪里办理或咨询。",
        "result": "请写明结果。",
        "receiver": "请写明领取人。",
        "statement": "请写明您的意见。",
        "notice": "请写明公示的内容。",
        "who": "请写明是谁提出的。",
        "objection": "请写明异议的内容。",
        "answer": "请写明核实的情况和答复。",
        "way": "请写明怎么报送，例如专人送达、机要交换、上级业务系统。",
        "computation": "请写明金额怎么算出来的：按什么标准、面积、时间。",
        "basis": "请写明依据：哪个文件的哪一条。",
    }
    errors = [FieldError(name, names[name]) for name, text in texts.items() if not text.strip()]
    if errors:
        raise Invalid(errors)
    not_too_long(*texts.values())


def not_too_long(*texts: str) -> None:
    """Raises Invalid for what is too long or cannot be stored."""
    if any(len(text) > LONGEST_TEXT or "\0" in text for text in texts):
        raise Invalid([FieldError("", f"文字过长或含有无法保存的字符，请控制在 {LONGEST_TEXT} 字以内。")])


def nothing_unanswered(case: Case, item: ItemVersion) -> None:
    """Refused where an opinion that came late has no answer yet: until signing it is the decider's to weigh."""
    waiting = [key for key, late in case.late.items() if late.taken is None]
    if waiting:
        names = "、".join(item.plan.step(key).name for key in waiting)
        raise Refused("late_opinion_unanswered", f"{names}：意见已补来，还没有答复。请先写明采纳或者不采纳，再作决定。")


@law("行政许可法", 46, 47, "48(2)")
def heard_first(case: Case, item: ItemVersion, *, on: date) -> None:
    """Refused while somebody may still ask for a hearing, while one is to be held, and where the law demands one."""
    held, limits = case.hearing, item.clock.hearing
    article = limits.article if limits else Article("行政许可法", "47")
    if held and (waiting := held.open_rights(on)):
        last = max(held.rights[seat] for seat in waiting)
        told = f"已经告知听证权利，还有 {len(waiting)} 人可以在 {last} 前要求听证。期满或者都答复以后再作决定。"
        raise Refused("hearing_may_be_asked", told, article)
    if held and held.pending:
        raise Refused("hearing_pending", "听证还没有举行，或者笔录还没有签字。决定应当根据听证笔录作出。", article)
    if limits and limits.must and not (held and held.recorded):
        raise Refused("hearing_demanded", "这个事项依法应当听证。请先公告，举行听证并制作笔录。", limits.must)


@law("行政许可法", 35)
def not_above(case: Case) -> None:
    """Refused once the case was sent up: the review here is over, and nobody asks the applicant for anything more."""
    if case.above and case.above.came is None:
        told = f"这件已经报{case.above.organ}决定，本级审查已经结束，不能再这样办。上级有要求的，由本机关补充说明。"
        raise Refused("reported", told, Article("行政许可法", "35"))


@law("行政许可法", "48(1).3")
def not_presiding(case: Case, by: Actor) -> None:
    """Refused for whoever presides over the hearing of this case: they examine nothing of it."""
    meeting = case.hearing.meeting if case.hearing else None
    if meeting and meeting.presider == by.ref:
        told = "您是这件申请的听证主持人，不能再审查它。请移交给同事。"
        raise Refused("presides", told, Article("行政许可法", "48(1).3"))


def shown_long_enough(case: Case, step: str, *, on: date) -> None:
    """Refused while a 公示 of this step runs, and while an objection to it has no answer."""
    held = case.publicity.get(step)
    if held is None:
        return
    if on <= held.until:
        raise Refused("publicity_running", f"公示到 {held.until} 才期满，第二天起可以办结这个环节。")
    if not all(held.objections.values()):
        raise Refused("objection_unanswered", "公示期间有异议还没有答复。请先逐条核实、答复。")


def a_step_of_its_own(case: Case, step: Step) -> None:
    """Refused for what is not done as a step: the decision, a member of a bundle, which has a case of its own, what the
    platform is about to do by itself, and what is done by paying.
    """
    if step.decides:
        raise Refused("decision_step", "这是决定环节，请使用“作出决定”。")
    if step.kind is StepKind.CHILD:
        raise Refused("bundle", "这一项由它自己的并联办件办理，办结后自动计入。请打开那个并联办件，在那里办理。")
    if by_platform(case, step):
        raise Refused("automatic", AT_WORK[step.kind])
    if step.kind is StepKind.PAYMENT:
        raise Refused("payment", "缴费环节不填结论：核定金额，缴到以后照票据登记；期满未缴的，结束等待。")


def on_site(step: Step, photos: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The photos of a check on site, each with its SM3; Refused for a step of another kind."""
    if photos and step.kind is not StepKind.SITE_VISIT:
        raise Refused("not_on_site", "只有现场核查可以附现场照片。别的材料请写进理由与依据。")
    if len(photos) > MOST_PHOTOS:
        raise Invalid([FieldError("photos", f"现场照片最多 {MOST_PHOTOS} 张，请挑选最能说明情况的。")])
    return tuple(photos.items())


@law("行政许可法", "32(1).4")
def not_resting_on_overlooked(case: Case, item: ItemVersion, outcome: Outcome, *, reasons: str) -> None:
    """Refused where the reasons of a refusal name what was asked for too late (追加请求) and did not come."""
    late = [item.material(key).name for key in case.overlooked]
    if outcome is Outcome.DENIED and (named := [name for name in late if name in reasons]):
        told = f"{'、'.join(named)}是漏看后追加请求的，申请人可以不补，不能以没有补交为由不予。请改写理由。"
        raise Refused("rests_on_overlooked", told, Article("行政许可法", "32(1).4"))


@law("行政许可法", "34(3)")
def enough_names(step: Step, names: Sequence[str]) -> tuple[str, ...]:
    """Who did a step, each by name; Invalid where they are fewer than the step takes."""
    found = tuple(name.strip() for name in names if name.strip())
    if step.officers > 1 and len(set(found)) < step.officers:
        raise Invalid([FieldError("officers", NAMES_OWED.get(step.kind, VISITORS).format(step.officers))])
    return found
