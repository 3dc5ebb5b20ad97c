"""The list of questions and the page of one, with what this officer may do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from onedoor.desk.consult.offers import offers_of
from onedoor.desk.consult.rows import lines
from onedoor.desk.frame import actor_of, rail, staff_only
from onedoor.hotline import commands, queries, rules
from onedoor.hotline.rules import STATE_NAMES, State
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.orgs import queries as orgs
from onedoor.ui.parts import Moment, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase, QueryDict

    from onedoor.kernel.actor import Actor

View = Callable[..., "HttpResponseBase"]
POWERS = (Act.ANSWER, Act.DISPATCH, Act.DECIDE)
MOVES = {
    "dispatched": gettext_lazy("派给"),
    "returned": gettext_lazy("退回，退回的是"),
    "sent_back": gettext_lazy("审核退回修改，承办的是"),
}
DONE = {
    "dispatch": gettext_lazy("已派单。"),
    "return": gettext_lazy("已退回派单台。"),
    "answer": gettext_lazy("答复已写好。"),
    "check": gettext_lazy("答复已发出。"),
    "send_back": gettext_lazy("已退回修改。"),
    "publish": gettext_lazy("已公开。"),
    "withdraw": gettext_lazy("已撤下。"),
}


def answerers_only(view: View) -> View:
    """Only officers who answer, check or dispatch come in; for all others this desk does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not any(actor_of(request).has(act) for act in POWERS):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_only(guarded)


@require_safe
@answerers_only
def listing(request: HttpRequest) -> HttpResponse:
    """咨询, by state, the most urgent first; what is overdue says so."""
    by, today = actor_of(request), timezone.localdate()
    counts = queries.counts(by=by)
    state = _state(request.GET.get("state", ""), counts)
    rows = lines(queries.listing(state, by=by), today=today)
    tabs = [(each, STATE_NAMES[each], counts.get(each, 0), each is state) for each in State]
    late = queries.overdue_count(today, by=by)
    context = {"rail": rail(request), "rows": rows, "tabs": tabs, "late": late, "state": STATE_NAMES[state]}
    return render(request, "desk/consult/list.html", context)


def _state(asked: str, counts: Mapping[State, int]) -> State:
    if asked in set(State):
        return State(asked)
    return next((each for each in State if counts.get(each)), State.DISPATCHED)


@require_safe
@answerers_only
def question(request: HttpRequest, question: str) -> HttpResponse:
    """One question: what was asked, what was done, what may be done."""
    return _show(request, queries.question(question, by=actor_of(request)))


@require_POST
@answerers_only
def act(request: HttpRequest, question: str, act: str) -> HttpResponse:
    """One act on a question."""
    by = actor_of(request)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](Sent(question, by, timezone.now(), request.POST))
    except Invalid as fault:
        return _show(request, queries.question(question, by=by), fault.errors, act=act)
    except Refused as fault:
        return _show(request, queries.question(question, by=by), (FieldError("", fault.message),), act=act)
    messages.success(request, str(DONE[act]))
    if not queries.visible_to(by).filter(number=done.number).exists():
        return redirect("desk:consult")
    return redirect("desk:consult_question", question=question)


def _show(
    request: HttpRequest, one: rules.Question, errors: Sequence[FieldError] = (), *, act: str = ""
) -> HttpResponse:
    by, today = actor_of(request), timezone.localdate()
    offers = offers_of(
        one, queries.powers(one, by=by), queries.service(), at=timezone.now(), template=request.GET.get("template", "")
    )
    context = {
        "rail": rail(request),
        "question": one,
        "line": lines((one,), today=today)[0],
        "tag": Tag(STATE_NAMES[one.state], Tone.WAIT if one.open else Tone.GO),
        "organ": orgs.organ(one.organ) if one.organ else None,
        "moments": _moments(one),
        "offers": offers,
        "open": act or (offers[0].key if offers else ""),
        "basis": queries.service().limit(timezone.localdate(one.turn.asked_at)).basis,
        "near": queries.search(one.turn.text or "", item=one.item, limit=3),
        "typed": request.POST if errors else {},
        "errors": errors,
    }
    return render(request, "desk/consult/question.html", context, status=422 if errors else 200)


def _moments(one: rules.Question) -> list[Moment]:
    found = [
        Moment(
            f"{MOVES[step.kind]}{orgs.organ(step.organ).name}",
            step.at,
            "；".join(filter(None, (step.officer, step.reason))),
        )
        for step in one.steps
    ]
    return sorted(found, key=lambda moment: str(moment.at))


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent, by whom and when."""

    number: str
    by: Actor
    at: datetime
    data: QueryDict

    def text(self, name: str) -> str:
        """One field."""
        return str(self.data.get(name, ""))

    @property
    def version(self) -> int:
        """The version that the page showed; a form without one is stale."""
        text = self.text("version")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _dispatch(sent: Sent) -> rules.Question:
    return commands.dispatch(
        sent.number,
        by=sent.by,
        at=sent.at,
        organ=sent.text("organ"),
        reason=sent.text("reason"),
        final=sent.text("final") == "yes",
        version=sent.version,
    )


def _return(sent: Sent) -> rules.Question:
    return commands.give_back(sent.number, by=sent.by, at=sent.at, reason=sent.text("reason"), version=sent.version)


def _answer(sent: Sent) -> rules.Question:
    return commands.answer(sent.number, by=sent.by, at=sent.at, text=sent.text("answer"), version=sent.version)


def _check(sent: Sent) -> rules.Question:
    return commands.check_answer(sent.number, by=sent.by, at=sent.at, version=sent.version)


def _send_back(sent: Sent) -> rules.Question:
    return commands.send_answer_back(
        sent.number, by=sent.by, at=sent.at, reason=sent.text("reason"), version=sent.version
    )


def _publish(sent: Sent) -> rules.Question:
    asked, answered = sent.text("asked"), sent.text("answered")
    return commands.publish_answer(
        sent.number, by=sent.by, at=sent.at, asked=asked, answered=answered, version=sent.version
    )


def _withdraw(sent: Sent) -> rules.Question:
    return commands.withdraw_publication(
        sent.number, by=sent.by, at=sent.at, reason=sent.text("reason"), version=sent.version
    )


ACTS: Mapping[str, Callable[[Sent], rules.Question]] = {
    "dispatch": _dispatch,
    "return": _return,
    "answer": _answer,
    "check": _check,
    "send_back": _send_back,
    "publish": _publish,
    "withdraw": _withdraw,
}
