"""Being heard: open what concerns one by number and 通知码, state one's case, ask for a hearing or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.rules.values.hearing import APPLICANT
from onedoor.kernel.actor import ActorKind
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_case_number
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.portal.track.opening import UNKNOWN, opened_keys, remember, stay
from onedoor.portal.visitor import actor_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from onedoor.kernel.actor import Actor

LONGEST = 60
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Sitting:
    """As whom the visitor is heard in a case."""

    by: Actor
    seat: str


@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """公示公告: what is put before the public, and hearings that anybody may attend."""
    today, asked = local_date(timezone.now()), request.GET
    notices = Paginator(range(queries.count_public_notices(today)), PER_PAGE).get_page(asked.get("page"))
    hearings = Paginator(range(queries.count_public_hearings(today)), PER_PAGE).get_page(asked.get("hearings"))
    context = {
        "notices": queries.public_notices(today, **_part(notices)),
        "notice_pages": notices,
        "hearings": queries.public_hearings(today, **_part(hearings)),
        "hearing_pages": hearings,
    }
    return render(request, "portal/heard/announcements.html", context)


def _part(page: Page[int]) -> dict[str, int]:
    return {"skip": (page.number - 1) * PER_PAGE, "most": PER_PAGE}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for number and 通知码."""
    if request.method != "POST":
        return _ask(request, number=request.GET.get("number", "")[:LONGEST])
    number = normalise(request.POST.get("number", "")[:LONGEST].replace("\0", "")).replace("-", "")
    given = request.POST.get("code", "")[:LONGEST].replace("\0", "")
    errors, seat = [], ""
    if fault := why_not_case_number(number):
        errors.append(FieldError("number", fault))
    if not given.strip():
        errors.append(FieldError("code", _("请填写通知码，八位数字，在发给您的短信里。")))
    if not errors:
        try:
            seat = commands.check_code(number, given, at=timezone.now(), address=request.META["REMOTE_ADDR"])
        except Refused as fault_:
            errors.append(FieldError("code", fault_.message))
    if not errors and not seat:
        errors.append(FieldError("code", _("办件编号或者通知码不对。请对照短信核对；短信找不到的，带身份证到窗口查。")))
    if errors:
        return _ask(request, number=number, errors=errors)
    remember(request, f"{number}/{seat}")
    return redirect("portal:heard", number=number)


def _ask(request: HttpRequest, *, number: str, errors: Sequence[FieldError] = ()) -> HttpResponse:
    fields = (
        ("number", _("办件编号"), _("21 位，数字和末位的字母。"), number, ""),
        ("code", _("通知码"), _("8 位数字。"), "", "numeric"),
    )
    context = {"fields": fields, "errors": errors}
    return render(request, "portal/heard/enter.html", context, status=422 if errors else 200)


@never_cache
@require_safe
def heard(request: HttpRequest, number: str) -> HttpResponse:
    """What concerns whoever is heard, and what they may say."""
    return _show(request, number)


@never_cache
@require_POST
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """State one's case, ask for a hearing, or say that none is wanted."""
    sitting, at = _sitting(request, number), timezone.now()
    words = request.POST.get("words", "").strip()
    try:
        if act == "state":
            commands.make_statement(number, by=sitting.by, at=at, seat=sitting.seat, statement=words)
            told = _("您的意见已经收到，会记入这件申请，作决定的人看得到。")
        elif act == "ask":
            commands.ask_hearing(number, by=sitting.by, at=at, seat=sitting.seat, reason=words)
            told = _("已经收到您的听证要求。时间、地点会提前通知您，不收任何费用。")
        elif act == "waive":
            commands.waive_hearing(number, by=sitting.by, at=at, seat=sitting.seat)
            told = _("已经记下：您不要求听证。您仍然可以陈述意见。")
        else:
            raise NotFound(str(UNKNOWN))
    except Invalid as fault:
        errors = tuple(FieldError("words", error.message) for error in fault.errors)
        return _show(request, number, errors=errors, words=words)
    except Refused as fault:
        return _show(request, number, errors=(FieldError("", fault.message),), words=words)
    messages.success(request, told)
    return redirect("portal:heard", number=number)


def _sitting(request: HttpRequest, number: str) -> Sitting:
    """Signed in as one who is heard; or whoever showed the 通知码, or the query password, in this session."""
    if why_not_case_number(number):
        raise NotFound(str(UNKNOWN))
    actor = actor_of(request)
    if actor.kind is ActorKind.CITIZEN and (seats := queries.seats_of(number, by=actor)):
        return Sitting(actor, seats[0])
    for key in opened_keys(request):
        case, _slash, seat = key.partition("/")
        if case == number:
            stay(request, key)
            holds = key == queries.opened_as(number)
            return _holder(number) if holds else Sitting(queries.bearer_of_code(number, seat), seat)
    raise NotFound(str(UNKNOWN))


def _holder(number: str) -> Sitting:
    return Sitting(queries.bearer(number), APPLICANT)


def _show(request: HttpRequest, number: str, *, errors: Sequence[FieldError] = (), words: str = "") -> HttpResponse:
    sitting = _sitting(request, number)
    page = queries.heard_page(number, by=sitting.by, seat=sitting.seat, on=local_date(timezone.now()))
    context = {"page": page, "errors": errors, "words": words, "own": sitting.seat == APPLICANT}
    return render(request, "portal/heard/heard.html", context, status=422 if errors else 200)
