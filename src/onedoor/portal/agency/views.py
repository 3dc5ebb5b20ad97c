"""By number and confirmation code, or signed in: see what was filled in, and confirm or refuse it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.agency import commands, queries
from onedoor.agency.commands import Confirmation
from onedoor.agency.rules import HOW_NAMES, STATE_NAMES, Errand, How, State, is_applicant
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.orgs import queries as orgs
from onedoor.portal.visitor import actor_of
from onedoor.ui.filled import filled_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

OPENED, MOST_OPENED, LONGEST = "errands_opened", 10, 30
NUMBER = re.compile(r"DB[0-9]{14}")
UNKNOWN = gettext_lazy("没有这次代办，或者您还没有输入确认码。请到“代办等我确认”输入短信里的编号和确认码。")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Number and code of the short message; whoever has signed in sees what waits."""
    actor = actor_of(request)
    errors: tuple[FieldError, ...] = ()
    number = request.POST.get("number", "").replace("\0", "").strip().upper()[:LONGEST]
    if request.method == "POST":
        fault = _wrong(number, request.POST.get("code", "").replace("\0", "")[:LONGEST])
        if fault is None:
            _remember(request, number)
            return redirect("portal:agency_errand", errand=number)
        errors = (fault,)
    questions = (
        Question("number", gettext("代办编号"), QuestionKind.TEXT, hint=gettext("短信里 DB 开头的编号。")),
        Question("code", gettext("确认码"), QuestionKind.TEXT, hint=gettext("短信里的 6 位数字。")),
    )
    waiting = queries.waiting_for(by=actor) if actor.kind is ActorKind.CITIZEN else ()
    context = {"questions": questions, "typed": {"number": number}, "errors": errors, "waiting": waiting}
    return render(request, "portal/agency/enter.html", context, status=422 if errors else 200)


def _wrong(number: str, code: str) -> FieldError | None:
    if not NUMBER.fullmatch(number):
        return FieldError("number", gettext("请填写短信里 DB 开头、后面 14 位数字的编号。"))
    try:
        right = commands.code_fits(number, code)
    except Refused as fault:
        return FieldError("code", fault.message)
    return None if right else FieldError("code", gettext("编号或者确认码不对，请对照短信核对。"))


def _remember(request: HttpRequest, number: str) -> None:
    others = [each for each in request.session.get(OPENED, ()) if each != number]
    request.session.cycle_key()
    request.session[OPENED] = [*others, number][-MOST_OPENED:]


def _opened(request: HttpRequest, number: str) -> tuple[Errand, Actor]:
    actor = actor_of(request)
    if not NUMBER.fullmatch(number):
        raise NotFound(str(UNKNOWN))
    if actor.kind is ActorKind.CITIZEN:
        try:
            found = queries.errand(number, by=actor)
        except NotFound:
            found = None
        if found and is_applicant(found, actor):
            return found, actor
    if number not in request.session.get(OPENED, ()):
        raise NotFound(str(UNKNOWN))
    bearer = queries.bearer(number)
    return queries.errand(number, by=bearer), bearer


@never_cache
@require_safe
def errand(request: HttpRequest, errand: str) -> HttpResponse:
    """What was filled in for me, by whom, and what becomes of it if I say yes."""
    return _show(request, *_opened(request, errand))


def _own(one: Errand, by: Actor) -> bool:
    """Whether this is the applicant under their own account, of an application that was handed in for them."""
    return queries.may_take_over(one.case, by=by) == one.number


def _show(request: HttpRequest, one: Errand, by: Actor, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    waiting = one.state is State.WAITING
    held, item = (queries.application(one.number, by=by), items.published(one.item)) if waiting else (None, None)
    context = {
        "errand": one,
        "state": STATE_NAMES[one.state],
        "how": HOW_NAMES[one.how] if one.how else "",
        "station": orgs.organ(one.station),
        "organ": orgs.organ(one.organ),
        "facts": filled_facts(item, held, today=timezone.localdate(), masked=True) if item and held else (),
        "materials": [m.name for m in item.materials if held.materials.get(m.key)] if item and held else [],
        "waiting": waiting,
        "own": _own(one, by),
        "handed": one.state is State.HANDED,
        "code": Question("code", gettext("短信里的 6 位确认码"), QuestionKind.TEXT, max_length=6),
        "typed": {},
        "errors": errors,
    }
    return render(request, "portal/agency/errand.html", context, status=422 if errors else 200)


def _confirm(_request: HttpRequest, errand: str, by: Actor) -> str:
    commands.confirm(errand, by=by, at=timezone.now(), given=Confirmation(how=How.ONLINE))
    return gettext("已确认，申请已经提交。办到哪一步，会告诉您。")


def _refuse(request: HttpRequest, errand: str, by: Actor) -> str:
    commands.refuse_errand(errand, by=by, at=timezone.now(), reason=request.POST.get("reason", ""))
    return gettext("已停止，申请没有提交。")


def _ask(_request: HttpRequest, errand: str, by: Actor) -> str:
    commands.ask_takeover(errand, by=by, at=timezone.now())
    return gettext("确认码已发到您登记的手机，请在下面输入。")


def _take(request: HttpRequest, errand: str, by: Actor) -> str:
    commands.take_over(errand, by=by, at=timezone.now(), code=request.POST.get("code", "").replace("\0", "")[:LONGEST])
    return gettext("已经转给您本人。代办结束，以后由您接着办。")


ACTS = {"confirm": _confirm, "refuse": _refuse, "ask": _ask, "take": _take}


@require_POST
def act(request: HttpRequest, errand: str, act: str) -> HttpResponse:
    """Yes or no."""
    one, by = _opened(request, errand)
    if act not in ACTS:
        raise Http404
    try:
        messages.success(request, ACTS[act](request, errand, by))
    except Refused as fault:
        return _show(request, one, by, errors=(FieldError("", fault.message),))
    except Invalid as fault:
        return _show(request, one, by, errors=tuple(FieldError(each.field, each.message) for each in fault.errors))
    return redirect("portal:agency_errand", errand=errand)
