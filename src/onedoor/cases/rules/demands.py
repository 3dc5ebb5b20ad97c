"""What every act demands: the right state, words where words are owed, nobody in their own matter."""

from __future__ import annotations

from onedoor.cases.rules.values import Case, State
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import FieldError, Invalid, Refused

LONGEST_TEXT = 2000


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
