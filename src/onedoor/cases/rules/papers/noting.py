"""What a decision says of how it came about: the hearing it rests on, 集体讨论, one person for several duties."""

from __future__ import annotations

from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import Case
from onedoor.documents import rules as documents
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.clock import local_date
from onedoor.kernel.law import law
from onedoor.kernel.plan import Step, StepKind

ERASED = "（已删除）"


def noted(case: Case, item: ItemVersion, event: e.Decided) -> str:
    """What a decision rests on besides the law: a hearing's record, 集体讨论, a rule; whether duties fell together."""
    return f"{_heard(case)}{_deliberated(case, item)}{_merged(case, event)}{_by_rule(event)}{_deemed(event)}"


def _deliberated(case: Case, item: ItemVersion) -> str:
    """集体讨论, where the plan has one and it was held."""
    held = [case.results[step.key].on for step in item.plan.steps if _is_held(case, step)]
    return f"本决定经本机关于{documents.chinese_date(max(held))}集体讨论。" if held else ""


def _is_held(case: Case, step: Step) -> bool:
    return step.kind is StepKind.DELIBERATION and step.key in case.results


@law("行政许可法", "48(2)")
def _heard(case: Case) -> str:
    """A decision after a hearing rests on its record, and names it."""
    held = case.hearing
    if held is None or held.recorded is None or held.meeting is None:
        return ""
    day = documents.chinese_date(local_date(held.meeting.at))
    return f"本机关于{day}举行听证，本决定根据听证笔录（{held.record}）作出。"


def _by_rule(event: e.Decided) -> str:
    """Whoever is decided upon by a rule is told so, by which rule and on what facts."""
    if not event.rule:
        return ""
    return f"（本决定由系统按公开的规则自动作出。规则和事实：{event.reasons or ERASED}认为有误的，可以要求人工复核。）"


@law("行政许可法", "50(2)")
def _deemed(event: e.Decided) -> str:
    """What silence granted says so, and on which day."""
    if not event.deemed:
        return ""
    day = documents.chinese_date(event.on)
    return f"（原许可有效期于{day}届满，届满前没有作出是否准予延续的决定，依法视为准予延续。）"


def _merged(case: Case, event: e.Decided) -> str:
    """一人兼任 is printed where separate duties fell to one person, in a step, at the hearing or in the decision."""
    meeting = case.hearing.meeting if case.hearing else None
    presided = meeting is not None and meeting.presider == case.acceptor
    if presided or event.merged_duties or any(result.merged_duties for result in case.results.values()):
        return "（本件有两项以上职责由同一人履行，已标记“一人兼任”。）"
    return ""
