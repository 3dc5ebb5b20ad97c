"""Opening a question: one's own after sign-in, or the one whose number and query code were shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from onedoor.hotline import queries
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import NotFound
from onedoor.portal.visitor import actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.hotline.rules import Question

OPENED, MOST_OPENED = "questions_opened", 20
NUMBER = re.compile(r"ZX[0-9]{14}")
UNKNOWN = gettext_lazy("没有这个问题，或者您还没有输入它的查询码。请到“我要问”输入编号和查询码。")


@dataclass(frozen=True, slots=True)
class Opened:
    """A question and who looks at it: the visitor, or the bearer of its query code."""

    question: Question
    by: Actor


def opened(request: HttpRequest, number: str) -> Opened:
    """The question for this visitor; NotFound alike for what is not there and what is not theirs."""
    actor = actor_of(request)
    if not NUMBER.fullmatch(number):
        raise NotFound(str(UNKNOWN))
    if actor.kind is ActorKind.CITIZEN:
        try:
            return Opened(queries.question(number, by=actor), actor)
        except NotFound:
            pass
    if number not in request.session.get(OPENED, ()):
        raise NotFound(str(UNKNOWN))
    bearer = queries.bearer(number)
    return Opened(queries.question(number, by=bearer), bearer)


def remember(request: HttpRequest, number: str) -> None:
    """The right code was shown, or the question was asked just now: this session may open it until it ends."""
    others = [each for each in request.session.get(OPENED, ()) if each != number]
    request.session.cycle_key()
    request.session[OPENED] = [*others, number][-MOST_OPENED:]
