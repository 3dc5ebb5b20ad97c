"""State is a fold over the journal: ``apply`` is the only way in which a question changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from onedoor.hotline.rules import events as e
from onedoor.hotline.rules.values import Answer, Draft, Question, State, Step, Turn


@dataclass(frozen=True, slots=True)
class Fact:
    """One event with what its journal entry says around it."""

    seq: int
    at: datetime
    actor: str
    event: e.Event


def replay(facts: Iterable[Fact]) -> Question:
    """The question that these facts tell, in their order; ValueError where the first is not its asking."""
    question: Question | None = None
    for fact in facts:
        question = apply(question, fact)
    if question is None:
        raise ValueError("a question begins with its asking")
    return question


def apply(question: Question | None, fact: Fact) -> Question:
    """The question after one more fact."""
    if isinstance(fact.event, e.QuestionAsked):
        return _asked(fact.event, fact)
    if question is None:
        raise ValueError("a question begins with its asking")
    return replace(_CHANGES[type(fact.event)](question, fact.event, fact), version=fact.seq)


def _asked(event: e.QuestionAsked, fact: Fact) -> Question:
    return Question(
        id=event.id,
        number=event.number,
        asker=event.asker,
        asker_name=event.asker_name,
        phone=event.phone,
        item=event.item,
        item_name=event.item_name,
        organ=event.organ,
        area=event.area,
        state=State.DISPATCHED if event.organ else State.WAITING,
        turns=(Turn(event.text, fact.at, event.due, event.provisional),),
        dispatched_at=fact.at if event.organ else None,
        version=fact.seq,
    )


def _dispatched(question: Question, event: e.QuestionDispatched, fact: Fact) -> Question:
    step = Step("dispatched", event.organ, fact.at, event.officer, event.reason)
    return replace(
        question,
        state=State.DISPATCHED,
        organ=event.organ,
        dispatched_at=fact.at,
        final=question.final or event.final,
        steps=(*question.steps, step),
    )


def _returned(question: Question, event: e.QuestionReturned, fact: Fact) -> Question:
    step = Step("returned", event.organ, fact.at, event.officer, event.reason)
    return replace(
        question, state=State.WAITING, organ="", dispatched_at=None, draft=None, steps=(*question.steps, step)
    )


def _drafted(question: Question, event: e.AnswerDrafted, fact: Fact) -> Question:
    return replace(question, state=State.CHECKING, draft=Draft(event.text, fact.actor, event.officer))


def _sent_back(question: Question, event: e.AnswerSentBack, fact: Fact) -> Question:
    step = Step("sent_back", event.organ, fact.at, event.officer, event.reason)
    return replace(question, state=State.DISPATCHED, steps=(*question.steps, step))


def _answered(question: Question, event: e.QuestionAnswered, fact: Fact) -> Question:
    given = Answer(event.text, event.author, event.officer, event.organ, fact.at, event.checked_by)
    turns = (*question.turns[:-1], replace(question.turn, answer=given))
    return replace(question, state=State.ANSWERED, turns=turns, draft=None)


def _asked_back(question: Question, event: e.QuestionAskedBack, fact: Fact) -> Question:
    turn = Turn(event.text, fact.at, event.due, event.provisional)
    return replace(question, state=State.DISPATCHED, turns=(*question.turns, turn), final=True, closes=None)


def _rated(question: Question, event: e.AnswerRated, _: Fact) -> Question:
    return replace(question, state=State.CLOSED, rating=event.level)


def _followed_up(question: Question, event: e.FollowUpAsked, _: Fact) -> Question:
    return replace(question, closes=event.closes)


def _closed(question: Question, _event: e.QuestionClosed, _: Fact) -> Question:
    return replace(question, state=State.CLOSED)


def _published(question: Question, event: e.AnswerPublished, _: Fact) -> Question:
    return replace(question, published=event.entry)


def _withdrawn(question: Question, _event: e.PublicationWithdrawn, _: Fact) -> Question:
    return replace(question, published=None)


_CHANGES: dict[type[e.Event], Callable[[Question, Any, Fact], Question]] = {
    e.QuestionDispatched: _dispatched,
    e.QuestionReturned: _returned,
    e.AnswerDrafted: _drafted,
    e.AnswerSentBack: _sent_back,
    e.QuestionAnswered: _answered,
    e.QuestionAskedBack: _asked_back,
    e.AnswerRated: _rated,
    e.FollowUpAsked: _followed_up,
    e.QuestionClosed: _closed,
    e.AnswerPublished: _published,
    e.PublicationWithdrawn: _withdrawn,
}
