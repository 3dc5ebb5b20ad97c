"""异地收件: the list, the form of a visit, one of them with its acts, its papers. All without JavaScript."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.desk.frame import rail, told
from onedoor.desk.relay.rows import MODES, STAGES, offered, row_of, turns
from onedoor.desk.window.counter import ACCEPTS
from onedoor.desk.window.visit import clerk_of, clerks_only
from onedoor.desk.window.visits import frame
from onedoor.hall import queries as hall
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.registries import queries as registries
from onedoor.relay import commands, queries
from onedoor.relay.queries import Shelf
from onedoor.relay.rules import Decider, Mode, Reply, Wish, pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest, QueryDict

    from onedoor.kernel.actor import Actor

PER_PAGE: Final = 50
SHELVES: Final = {
    Shelf.OPEN: gettext_lazy("在办的"),
    Shelf.LATE: gettext_lazy("要催问的"),
    Shelf.CLOSED: gettext_lazy("办完的"),
}


@require_safe
@clerks_only
def relays(request: HttpRequest) -> HttpResponse:
    """What this window took in for elsewhere: under way, too long without an answer, at its end."""
    by, today, asked = clerk_of(request), local_date(timezone.now()), request.GET.get("show", "")
    shelf = Shelf(asked) if asked in set(Shelf) else Shelf.OPEN
    page = Paginator(queries.relays(shelf, by=by, on=today), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rail": rail(request),
        "shelves": [(one.value, name, one is shelf) for one, name in SHELVES.items()],
        "late": queries.late_count(by=by, on=today),
        "page": page,
        "rows": [row_of(one, today=today) for one in page],
    }
    return render(request, "desk/relay/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@clerks_only
def new(request: HttpRequest, visit: str) -> HttpResponse:
    """代收: which organ elsewhere decides, under which agreement, which materials."""
    by, at = clerk_of(request), timezone.now()
    known = hall.visit(visit, by=by, at=at)
    data = request.POST
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        try:
            key = data.get("key", "")[:100] or uuid.uuid4().hex
            made = commands.take_relay(known, _wish(data), by=by, at=at, key=key)
        except Invalid as fault:
            errors = fault.errors
        else:
            return redirect("desk:relay", number=made.number)
    context = {
        **frame(request, known),
        "typed": defaultdict(str, data.dict()),
        "modes": MODES.items(),
        "errors": errors,
        "key": data.get("key") or uuid.uuid4().hex,
    }
    return render(request, "desk/relay/new.html", context, status=422 if errors else 200)


def _wish(data: QueryDict) -> Wish:
    text = {name: data.get(name, "").strip() for name in ("item", "organ", "place", "contact", "basis")}
    mode = data.get("mode", "")
    if mode not in set(Mode):
        raise Invalid([FieldError("mode", _("请选择异地代收代办，或者多地联办。"))])
    decider = Decider(text["organ"], text["place"], text["contact"])
    return Wish(text["item"], decider, Mode(mode), text["basis"], pieces_of(data.get("materials", "")))


@require_safe
@clerks_only
def relay(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: what it is, how far it is, what may be recorded now."""
    return show(request, number)


def show(request: HttpRequest, number: str, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    """The page, also after an act that could not be done."""
    context = drawn(request, number) | {"errors": errors}
    return render(request, "desk/relay/one.html", context, status=422 if errors else 200)


def drawn(request: HttpRequest, number: str) -> dict[str, object]:
    """What the page of one is drawn from."""
    by, today = clerk_of(request), local_date(timezone.now())
    found = queries.relay(number, by=by)
    return {
        "rail": rail(request),
        "relay": found,
        "row": row_of(found, today=today),
        "applicant": registries.party(found.applicant),
        "code": queries.code_of(number),
        "turns": turns(found),
        "offers": offered(found),
        "stages": STAGES,
        "typed": defaultdict(str, request.POST.dict()),
        "today": today,
        "accepts": ACCEPTS,
    }


@require_POST
@clerks_only
def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Record one turn; the page again with what is wrong and what was typed."""
    if act not in ACTS:
        raise NotFound(_("没有这个操作。请从页面上的按钮进入。"))
    by, at = clerk_of(request), timezone.now()
    try:
        ACTS[act](number, request.POST, by=by, at=at)
    except Invalid as fault:
        return show(request, number, errors=fault.errors)
    except Refused as fault:
        return show(request, number, errors=(FieldError("", told(fault)),))
    messages.success(request, _("已经登记。申请人会收到消息。"))
    return redirect("desk:relay", number=number)


@require_safe
@clerks_only
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """收件凭证, 转递清单 or 原件退还凭证 as PDF."""
    pdf = queries.paper(number, kind, by=clerk_of(request))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{kind}-{number}.pdf"'
    return answer


def _day(data: Mapping[str, str], name: str, *, needed: bool = True) -> date | None:
    text = data.get(name, "")
    if not text and not needed:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid([FieldError(name, _("请填写日期。"))]) from None


def _there(data: QueryDict) -> commands.Elsewhere:
    on = _day(data, "on") or date.min
    return commands.Elsewhere(on, data.get("told", ""), _day(data, "due", needed=False))


def _send(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    commands.send_relay(number, by=by, at=at, way=data.get("way", ""), more=pieces_of(data.get("materials", "")))


def _arrive(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    commands.arrive_relay(number, _there(data), by=by, at=at)


def _answer(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    reply = data.get("reply", "")
    if reply not in set(Reply):
        raise Invalid([FieldError("reply", _("请选择对方怎么答复的。"))])
    commands.answer_relay(number, Reply(reply), _there(data), by=by, at=at)


def _decide(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    if data.get("granted", "") not in {"yes", "no"}:
        raise Invalid([FieldError("granted", _("请选择准予还是不予。"))])
    granted, document = data["granted"] == "yes", data.get("document", "")
    commands.decide_relay(number, _there(data), by=by, at=at, granted=granted, document=document)


def _hand(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    commands.hand_relay(number, by=by, at=at, receiver=data.get("receiver", ""))


def _withdraw(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    commands.withdraw_relay(number, by=by, at=at, reason=data.get("told", ""))


def _return(number: str, data: QueryDict, *, by: Actor, at: datetime) -> None:
    commands.return_relay(number, by=by, at=at, receiver=data.get("receiver", ""))


ACTS: dict[str, Callable[..., None]] = {
    "send": _send,
    "arrive": _arrive,
    "answer": _answer,
    "decide": _decide,
    "hand": _hand,
    "return": _return,
    "withdraw": _withdraw,
}
