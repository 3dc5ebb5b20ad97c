"""The page of one question: where it stands, the answer, asking back, rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onedoor.hotline import commands, queries
from onedoor.hotline.rules import STATE_NAMES
from onedoor.kernel.errors import FieldError, Invalid, Refused
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.orgs import queries as orgs
from onedoor.portal.consult.opening import NUMBER, Opened, opened, remember
from onedoor.portal.consult.views import FRESH, TONES
from onedoor.ui.dates import plain_day
from onedoor.ui.parts import ClockBox, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from onedoor.hotline import rules

# GB/T 39046-2020 A.8.
LEVELS = {
    "5": gettext_lazy("非常满意"),
    "4": gettext_lazy("满意"),
    "3": gettext_lazy("基本满意"),
    "2": gettext_lazy("不满意"),
    "1": gettext_lazy("非常不满意"),
}
LONGEST = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_with_code(request: HttpRequest) -> HttpResponse:
    """By number and query code, without sign-in."""
    number = request.GET.get("number", "")[:LONGEST]
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        number = request.POST.get("number", "").replace("\0", "").strip().upper()[:LONGEST]
        if fault := _wrong(number, request.POST.get("code", "")[:LONGEST], address=request.META["REMOTE_ADDR"]):
            errors = (fault,)
        else:
            remember(request, number)
            return redirect("portal:ask_question", question=number)
    questions = (
        Question("number", gettext("咨询编号"), QuestionKind.TEXT, hint=gettext("ZX 开头，在提问后的页面和短信里。")),
        Question("code", gettext("查询码"), QuestionKind.TEXT, hint=gettext("6 位数字，提问后给您的。")),
    )
    context = {"questions": questions, "typed": {"number": number}, "errors": errors}
    return render(request, "portal/consult/open.html", context, status=422 if errors else 200)


def _wrong(number: str, code: str, *, address: str) -> FieldError | None:
    if not NUMBER.fullmatch(number):
        return FieldError("number", gettext("请填写 ZX 开头、后面 14 位数字的咨询编号。"))
    try:
        right = commands.check_code(number, code.replace("\0", ""), at=timezone.now(), address=address)
    except Refused as fault:
        return FieldError("code", fault.message)
    return None if right else FieldError("code", gettext("编号或者查询码不对，请核对。"))


@never_cache
@require_http_methods(["GET", "HEAD"])
def question(request: HttpRequest, question: str) -> HttpResponse:
    """Where it stands, and every turn of it."""
    return _show(request, opened(request, question))


@require_POST
def back(request: HttpRequest, question: str) -> HttpResponse:
    """追问."""
    found = opened(request, question)
    try:
        commands.ask_back(question, by=found.by, at=timezone.now(), text=request.POST.get("text", ""))
    except Invalid as fault:
        return _show(request, found, fault.errors)
    messages.success(request, gettext("已经追问，答复了会告诉您。"))
    return redirect("portal:ask_question", question=question)


@require_POST
def rate(request: HttpRequest, question: str) -> HttpResponse:
    """Five levels, a comment if one likes, once."""
    found, level = opened(request, question), request.POST.get("level", "")
    try:
        commands.rate_answer(
            question,
            by=found.by,
            at=timezone.now(),
            level=int(level) if level in LEVELS else 0,
            comment=request.POST.get("comment", ""),
        )
    except Invalid as fault:
        return _show(request, found, fault.errors)
    messages.success(request, gettext("谢谢您的评价。"))
    return redirect("portal:ask_question", question=question)


def _show(request: HttpRequest, found: Opened, errors: Sequence[FieldError] = ()) -> HttpResponse:
    one = found.question
    answered = not one.open
    rules = queries.service()
    fresh = request.session.get(FRESH) == one.number
    context = {
        "question": one,
        "tag": Tag(STATE_NAMES[one.state], TONES[one.state]),
        "turns": [(turn, orgs.organ(turn.answer.organ) if turn.answer else None) for turn in one.turns],
        "organ": orgs.organ(one.organ) if one.organ else None,
        "clock": None if answered else _clock(one),
        "fresh": fresh,
        "code": queries.query_code(one.number) if fresh else "",
        "back": _back() if answered and one.rating is None and len(one.turns) <= rules.times_back else None,
        "rating": LEVELS[str(one.rating)] if one.rating else "",
        "rates": _rates() if answered and one.rating is None else (),
        "typed": request.POST,
        "errors": errors,
    }
    return render(request, "portal/consult/question.html", context, status=422 if errors else 200)


def _clock(one: rules.Question) -> ClockBox:
    end, limit = one.turn.due, queries.service().limit(timezone.localdate(one.turn.asked_at))
    told = gettext("{due}前答复").format(due=plain_day(end, year=True))
    late = one.overdue(timezone.localdate())
    lines = [gettext("已经超过答复期限，我们会催办。您也可以直接打电话。")] if late else []
    return ClockBox(gettext("答复期限"), told, lines, [limit.basis], Tone.STOP if late else Tone.NONE)


def _back() -> Question:
    return Question("text", gettext("还想问什么？"), QuestionKind.TEXTAREA, max_length=1000)


def _rates() -> tuple[Question, ...]:
    levels = tuple(Option(value, str(label)) for value, label in LEVELS.items())
    return (
        Question("level", gettext("这次答复，您满意吗？"), QuestionKind.CHOICE, options=levels),
        Question("comment", gettext("您想说的话"), QuestionKind.TEXT, required=False, max_length=1000),
    )
