"""May this act happen to a question, and what follows. Each function returns the events, or raises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from onedoor.hotline.rules import events as e
from onedoor.hotline.rules.knowledge import personal_data_in
from onedoor.hotline.rules.service import Closing, Service
from onedoor.hotline.rules.values import Draft, Question, State
from onedoor.kernel.actor import Actor, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.workdays import Calendar

LONGEST_TEXT = 1000
SHORTEST_TEXT = 4
LEVELS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, by whom, and under which rules of the county an act is done."""

    service: Service
    calendar: Calendar
    at: datetime
    by: Actor

    @property
    def on(self) -> date:
        """The calendar day of the act in China."""
        return local_date(self.at)


def answering(question: Question) -> Target:
    """What answering is aimed at: the organ that owes the answer."""
    return Target(frozenset({question.organ}), question.area, item=question.item or None)


def dispatching(question: Question, service: Service) -> Target:
    """What dispatching is aimed at: the county's dispatching desk, at the place of the question."""
    return Target(frozenset({service.desk}), question.area, item=question.item or None)


def is_asker(question: Question, by: Actor) -> bool:
    """Whether this is who asked: in person, by the same account, or the bearer of number and query code."""
    own = {r.party for r in by.represents if r.basis == "本人"}
    return question.asker in own | {by.ref} or by.ref == f"asker:{question.number}"


def dispatch(question: Question, now: Occasion, *, organ: str, final: bool, reason: str) -> tuple[e.Event, ...]:
    """派单. An organ that returned it gets it again only by a ruling (裁定), which ends returns."""
    if question.state not in {State.WAITING, State.DISPATCHED}:
        raise Refused("not_waiting", "答复已经写好或者已经发出，不能再派单。")
    if question.final:
        raise Refused("ruled", "已经裁定由这个机关答复，不再改派。")
    if organ == question.organ:
        raise Refused("same_organ", "这个问题已经派给这个机关。")
    _short(reason=reason)
    returned = {step.organ for step in question.steps if step.kind == "returned"}
    if organ in returned and not final:
        raise Refused("returned_before", "这个机关退回过。仍要由它答复的，请选“裁定，不得再退”，并写明理由。")
    if final and not reason.strip():
        raise Invalid([FieldError("reason", "裁定请写明理由。")])
    return (e.QuestionDispatched(organ=organ, final=final, officer=now.by.name, reason=reason.strip()),)


def give_back(question: Question, now: Occasion, *, reason: str) -> tuple[e.Event, ...]:
    """退单: within the hours that the rule gives, with a reason, and never after a ruling."""
    _in_state(question, State.DISPATCHED, "这个问题现在不在待答复状态，不能退回。")
    if question.final:
        raise Refused("ruled", "已经裁定由本机关答复，不能再退回。请答复。")
    rule = now.service.return_rule(now.on)
    if question.dispatched_at is None or now.at - question.dispatched_at > rule.span:
        raise Refused("too_late", f"派单超过 {rule.hours} 小时，不能退回。请答复；不归本机关管的，告诉群众该问谁。")
    if len(reason.strip()) < SHORTEST_TEXT:
        raise Invalid([FieldError("reason", "请写明为什么不归本机关答复，以及应当由谁答复。")])
    _short(reason=reason)
    return (e.QuestionReturned(organ=question.organ, officer=now.by.name, reason=reason.strip()),)


def answer(question: Question, now: Occasion, *, text: str) -> tuple[e.Event, ...]:
    """答复, or, where the organ's answers are checked, the draft of it."""
    _in_state(question, State.DISPATCHED, "这个问题现在不在待答复状态。请刷新页面。")
    _worded(text, "answer", "请写答复内容。")
    if now.service.needs_check(question.organ):
        return (e.AnswerDrafted(officer=now.by.name, text=text.strip()),)
    return (_answered(question, Draft(text.strip(), now.by.ref, now.by.name), checked_by=""),)


def check_answer(question: Question, now: Occasion) -> tuple[e.Event, ...]:
    """审核通过, by a leader who did not write it."""
    draft = question.draft
    if question.state is not State.CHECKING or draft is None:
        raise Refused("not_checking", "没有等审核的答复。请刷新页面。")
    if draft.by == now.by.ref:
        raise Refused("own_draft", "不能审核自己写的答复，请另一位负责人审核。")
    return (_answered(question, draft, checked_by=now.by.name),)


def send_answer_back(question: Question, now: Occasion, *, reason: str) -> tuple[e.Event, ...]:
    """审核不通过: back to the author, with the reason."""
    _in_state(question, State.CHECKING, "没有等审核的答复。请刷新页面。")
    if not reason.strip():
        raise Invalid([FieldError("reason", "请写明哪里要改。")])
    _short(reason=reason)
    return (e.AnswerSentBack(organ=question.organ, officer=now.by.name, reason=reason.strip()),)


def ask_back(question: Question, now: Occasion, *, text: str) -> tuple[e.Event, ...]:
    """追问: after the answer, as often as the rule allows, before rating. The same organ answers.

    What was closed because nobody asked any more is open again.
    """
    _answered_already(question, "还没有答复，不用追问；要补充的，等答复后一起问。")
    if question.rating is not None:
        raise Refused("rated", "已经评价过的不能再追问。还有疑问，请另提一个问题。")
    if len(question.turns) > now.service.times_back:
        raise Refused("asked_back", "已经追问过了。还有疑问，请另提一个问题，或者打电话。")
    _worded(text, "text", "请写您还想问什么。")
    end = now.service.due(now.on, now.calendar)
    return (e.QuestionAskedBack(due=end.date, provisional=end.provisional, text=text.strip()),)


def rate_answer(question: Question, now: Occasion, *, level: int, comment: str) -> tuple[e.Event, ...]:
    """评价: by the asker, after the answer, once (一事一评); five levels."""
    _answered_already(question, "答复后可以评价。")
    if question.rating is not None:
        raise Refused("rated", "这次答复您已经评价过了。")
    if level not in LEVELS:
        raise Invalid([FieldError("level", "请从“非常满意”到“非常不满意”中选一项。")])
    _short(comment=comment)
    return (e.AnswerRated(level=level, comment=comment.strip() or None),)


def settle_idle(question: Question, rule: Closing, on: date) -> tuple[e.Event, ...]:
    """An answer on which nobody asked back and which nobody rated: asked about once, then closed; () before its day."""
    last = question.turn.answer
    if question.state is not State.ANSWERED or last is None:
        return ()
    if question.closes is None:
        idle = on > local_date(last.at) + rule.ask_after
        return (e.FollowUpAsked(closes=on + rule.close_after),) if idle else ()
    return (e.QuestionClosed(on=on),) if on > question.closes else ()


def publish_answer(question: Question, now: Occasion, *, entry: int, asked: str, answered: str) -> tuple[e.Event, ...]:
    """公开: an officer words question and answer anew; personal data in them is refused."""
    _answered_already(question, "答复后才能公开。")
    if question.published is not None:
        raise Refused("published", "已经公开。要改的，先撤下再公开。")
    errors = [_unfit("asked", asked, question), _unfit("answered", answered, question)]
    if found := [error for error in errors if error]:
        raise Invalid(found)
    return (e.AnswerPublished(entry=entry, question=asked.strip(), answer=answered.strip(), officer=now.by.name),)


def withdraw_publication(question: Question, now: Occasion, *, reason: str) -> tuple[e.Event, ...]:
    """撤下: what was published is no longer found; the fact that it was stays."""
    if question.published is None:
        raise Refused("not_published", "没有公开，不用撤下。")
    if not reason.strip():
        raise Invalid([FieldError("reason", "请写明为什么撤下。")])
    _short(reason=reason)
    return (e.PublicationWithdrawn(entry=question.published, officer=now.by.name, reason=reason.strip()),)


def check_text(text: str) -> None:
    """A question must say something, within the length. Invalid otherwise."""
    _worded(text, "text", "请写您想问什么。")


def _answered(question: Question, draft: Draft, *, checked_by: str) -> e.QuestionAnswered:
    return e.QuestionAnswered(
        organ=question.organ, author=draft.by, officer=draft.officer, checked_by=checked_by, text=draft.text
    )


def _unfit(field: str, text: str, question: Question) -> FieldError | None:
    if len(text.strip()) < SHORTEST_TEXT or len(text) > LONGEST_TEXT:
        return FieldError(field, f"请写 {SHORTEST_TEXT} 到 {LONGEST_TEXT} 个字。")
    names = (question.asker_name or "", question.phone or "")
    if found := personal_data_in(text, names=names):
        return FieldError(field, f"公开的文字里不能有{'、'.join(found)}，请删去或改写。")
    return None


def _in_state(question: Question, state: State, message: str) -> None:
    if question.state is not state:
        raise Refused("wrong_state", message)


def _answered_already(question: Question, message: str) -> None:
    if question.open:
        raise Refused("wrong_state", message)


def _worded(text: str, field: str, message: str) -> None:
    if len(text.strip()) < SHORTEST_TEXT:
        raise Invalid([FieldError(field, message)])
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise Invalid([FieldError(field, f"请控制在 {LONGEST_TEXT} 字以内。")])


def _short(**texts: str) -> None:
    errors = [
        FieldError(name, f"文字过长或含有无法保存的字符，请控制在 {LONGEST_TEXT} 字以内。")
        for name, text in texts.items()
        if len(text) > LONGEST_TEXT or "\0" in text
    ]
    if errors:
        raise Invalid(errors)
