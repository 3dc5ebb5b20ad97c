"""移交: a task goes to a colleague by name. Who may act stays as posts and papers say; nobody is locked out."""

from __future__ import annotations

from onedoor.cases.rules import events as e
from onedoor.cases.rules.demands import LONGEST_TEXT
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import Task, tasks
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid, Refused


def owed_task(case: Case, now: Occasion, key: str) -> Task:
    """The task of that key that is owed now. Raises Refused where it is done already or not yet begun."""
    for task in tasks(case, now.item, now.calendar):
        if task.key == key:
            return task
    raise Refused("task_not_owed", "这个环节现在没有待办，可能刚被别人办完。请刷新页面。")


def end_agency(case: Case, now: Occasion) -> tuple[e.Event, ...]:
    """代办结束: the applicant goes on in person (民法典 §173: whoever is represented may end it at any time)."""
    if not case.agent or case.agency_ended:
        raise Refused("no_agency", "这件没有代办人，或者已经转回本人。请刷新页面。")
    return (e.AgencyEnded(on=now.on),)


def closed_to(case: Case, by: Actor) -> bool:
    """Whether this is the agent from whom the applicant took the case over: not theirs to open, at no desk either."""
    return case.agency_ended is not None and by.ref == case.agent


def hand_over(case: Case, now: Occasion, *, task: str, to: str, to_name: str, reason: str) -> tuple[e.Event, ...]:
    """移交一项待办, with a reason. The due day stays: a clock of the law does not know who works.

    Raises Refused where the task is not owed, goes to whoever hands it over, or lies with that colleague already;
    Invalid without a reason.
    """
    owed_task(case, now, task)
    if not reason.strip():
        raise Invalid([FieldError("reason", "请写明移交的理由，接手的人要看。")])
    if len(reason) > LONGEST_TEXT or "\0" in reason:
        raise Invalid([FieldError("reason", f"理由过长，请控制在 {LONGEST_TEXT} 字以内。")])
    if to == now.by.ref:
        raise Refused("own_hands", "不能移交给自己。请选一位同事。")
    if case.holders.get(task) == to:
        raise Refused("held_already", f"这项待办已经在{to_name}手上。")
    return (e.HandedOver(on=now.on, task=task, to=to, to_name=to_name, reason=reason.strip(), officer=now.by.name),)
