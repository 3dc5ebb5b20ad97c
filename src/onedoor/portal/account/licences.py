"""我的证照: ask for one that was lost to be issued anew (补发), or for one no longer needed to be ended (注销)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.cases import commands
from onedoor.cases import queries as cases
from onedoor.cases.rules.requesting import ELSEWHERE, on_request, open_request
from onedoor.cases.rules.values import REQUEST_NAMES, Request
from onedoor.items import queries as items
from onedoor.items.rules.codes import ItemKind
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind, clean_page
from onedoor.licences import queries as licences
from onedoor.licences.rules import STATUS_NAMES, Status, validity
from onedoor.portal.track.views import posted_version
from onedoor.portal.visitor import actor_of, citizens_only
from onedoor.ui.fields import raw_answers
from onedoor.ui.parts import Fact, Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import HttpRequest

    from onedoor.cases.queries import CasePage
    from onedoor.kernel.actor import Actor
    from onedoor.licences.rules import Licence

ASKABLE = {
    Request.REISSUE: frozenset({Status.VALID, Status.NOT_YET}),
    Request.CANCEL: frozenset({Status.VALID, Status.NOT_YET, Status.EXPIRED}),
}


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """One licence with what it is worth today, and what its holder may ask for."""

    licence: Licence
    tag: Tag
    asks: tuple[Request, ...]
    asked: Request | None


@dataclass(frozen=True, slots=True)
class Asking:
    """One licence and what is to be done with it."""

    licence: Licence
    what: Request
    page: CasePage

    @property
    def name(self) -> str:
        """补发 or 注销."""
        return REQUEST_NAMES[self.what]

    @property
    def form(self) -> Page:
        """What is asked for it."""
        told = _("为什么不再用了？") if self.what is Request.CANCEL else _("说说经过")
        words = Question("words", told, QuestionKind.TEXTAREA, required=self.what is Request.CANCEL, max_length=500)
        if self.what is Request.CANCEL:
            return Page("ask", self.name, (words,))
        ways = (Option(_("遗失"), _("找不到了")), Option(_("损毁"), _("损坏了，看不清了")))
        return Page("ask", self.name, (Question("why", _("证照怎么了？"), QuestionKind.CHOICE, options=ways), words))


def lines(*, by: Actor, on: date) -> tuple[LicenceLine, ...]:
    """The licences that this visitor may see, each with what may be asked for."""
    held = licences.licences(by=by)
    waiting = cases.open_requests({one.case for one in held if not one.ended}, by=by)
    permits = {summary.code for summary in items.catalogue() if on_request(ItemKind(summary.kind))}
    mine = {held.party for held in by.represents if Act.SUBMIT in held.acts}
    found = []
    for one in held:
        status, asked = one.status(on), None if one.ended else waiting.get(one.case)
        tone = {Status.VALID: Tone.GO, Status.NOT_YET: Tone.WAIT}.get(status, Tone.STOP)
        own = one.holder in mine and one.item in permits and asked is None
        asks = tuple(what for what, worth in ASKABLE.items() if own and status in worth)
        found.append(LicenceLine(one, Tag(STATUS_NAMES[status], tone), asks, asked.what if asked else None))
    return tuple(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def licence(request: HttpRequest, number: str, what: str) -> HttpResponse:
    """The form, then what will happen, then the receipt. Sent twice it is asked once: the version says so."""
    asking = _asking(number, what, by=actor_of(request))
    if open_request(asking.page.case):
        return _take_back(request, asking) if request.method == "POST" else _show(request, asking)
    if not on_request(asking.page.item.kind):
        messages.info(request, ELSEWHERE)
        return redirect("portal:mine")
    if asking.licence.status(local_date(timezone.now())) not in ASKABLE[asking.what]:
        messages.info(request, _("这份证照现在不能申请%(what)s。") % {"what": asking.name})
        return redirect("portal:mine")
    return _send(request, asking) if request.method == "POST" else _show(request, asking)


def _send(request: HttpRequest, asking: Asking) -> HttpResponse:
    raw = raw_answers(request.POST, asking.form.questions)
    cleaned = clean_page(Form((asking.form,)), asking.form.key, raw, today=local_date(timezone.now()))
    if cleaned.errors:
        return _show(request, asking, values=raw, errors=cleaned.errors)
    reasons = "：".join(str(cleaned.values[key]) for key in ("why", "words") if cleaned.values.get(key))
    if request.POST.get("sure") != "yes":
        return _show(request, asking, values=raw, reasons=reasons, sure="change" not in request.POST)
    try:
        commands.request_of_holder(
            asking.licence.case,
            by=actor_of(request),
            at=timezone.now(),
            what=asking.what,
            reasons=reasons,
            version=posted_version(request.POST.get("version", "")),
        )
    except Invalid as fault:
        return _show(request, asking, values=raw, errors=fault.errors)
    except Refused as fault:
        return _show(request, asking, values=raw, errors=(FieldError("", fault.message),))
    return redirect("portal:licence", number=asking.licence.number, what=asking.what.value)


def _asking(number: str, what: str, *, by: Actor) -> Asking:
    found = next((one for one in licences.licences(by=by) if one.number == number), None)
    if found is None or what not in set(Request):
        raise NotFound(_("没有这份证照，或者它不是您的。请从“我的”里进入。"))
    page = cases.case_page(found.case, by=by, on=local_date(timezone.now()))
    if not cases.may(page.case, Act.SUBMIT, by=by):
        raise NotFound(_("您受的委托只能看，不能替持证人申请。"))
    return Asking(found, Request(what), page)


def _take_back(request: HttpRequest, asking: Asking) -> HttpResponse:
    if "take_back" in request.POST:
        commands.take_back_request(asking.licence.case, by=actor_of(request), at=timezone.now())
        messages.success(request, _("已经撤回，证照照常有效。"))
        return redirect("portal:mine")
    return redirect("portal:licence", number=asking.licence.number, what=asking.what.value)


def _show(
    request: HttpRequest,
    asking: Asking,
    *,
    values: Mapping[str, object] | None = None,
    errors: Sequence[FieldError] = (),
    reasons: str = "",
    sure: bool = False,
) -> HttpResponse:
    held, case = asking.licence, asking.page.case
    context = {
        "asking": asking,
        "what": asking.what,
        "name": asking.name,
        "licence": held,
        "case": case,
        "item": asking.page.item,
        "facts": _facts(asking, reasons if sure else ""),
        "asked": open_request(case),
        "asked_name": REQUEST_NAMES[case.request.what] if case.request else "",
        "questions": asking.form.questions,
        "values": values or {},
        "errors": errors,
        "sure": sure,
    }
    return render(request, "portal/account/licence.html", context, status=422 if errors else 200)


def _facts(asking: Asking, reasons: str) -> tuple[Fact, ...]:
    held = asking.licence
    own = (
        Fact(_("证照"), held.name),
        Fact(_("编号"), held.number),
        Fact(_("持证人"), held.holder_name),
        Fact(_("有效期"), validity(held.valid_from, held.valid_until, asking.page.item.result.validity)),
    )
    return (*own, Fact(_("为什么%(what)s") % {"what": asking.name}, reasons)) if reasons else own
