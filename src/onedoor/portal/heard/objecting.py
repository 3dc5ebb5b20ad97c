"""公示的异议: anybody may object on the public page, without an account, by a name and a way to be reached."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.access import queries as access
from onedoor.access.rules import is_idle
from onedoor.cases import commands, queries
from onedoor.cases.rules.publicity import RECEIPT, Objector
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import why_not_case_number
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import Form, Page, Question, QuestionKind, clean_page
from onedoor.portal.visitor import actor_of, own_party
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from onedoor.cases.queries import Shown

LONGEST: Final = 60
KEPT: Final = "objected"  # in the session for a while: what was said last, so that a page loaded again sends nothing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objecting(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """The form under what is shown to the public; once sent, the number of the receipt."""
    if why_not_case_number(number):
        raise NotFound(_("没有这个公示。请从公示公告进入。"))
    now = timezone.now()
    notice = queries.public_notice(number, step, on=local_date(now))
    if "done" in request.GET and (said := _said(request, number, at=now)):
        code, own = queries.receipt_code(said["receipt"]), own_party(actor_of(request))
        return render(request, "portal/heard/objected.html", {"notice": notice, **said, "code": code, "own": own})
    if request.method != "POST":
        return _show(request, notice)
    page = _page()
    raw = raw_answers(request.POST, page.questions)
    cleaned = clean_page(Form((page,)), page.key, raw, today=local_date(now))
    if cleaned.errors:
        return _show(request, notice, values=raw, errors=cleaned.errors)
    said = {key: str(value) for key, value in cleaned.values.items()}
    objector, objection = Objector(said["who"], said["contact"], own_party(actor_of(request))), said["objection"]
    try:
        commands.charge_objection(number, request.META["REMOTE_ADDR"], at=now)
        receipt = commands.object_online(
            number, by=queries.objector(number), at=now, step=step, objector=objector, objection=objection
        )
    except Invalid as fault:
        return _show(request, notice, values=raw, errors=fault.errors)
    except Refused as fault:
        return _show(request, notice, values=raw, errors=(FieldError("", fault.message),))
    request.session[KEPT] = {"receipt": receipt, "objection": objection, "at": int(now.timestamp())}
    return redirect(f"{request.path}?done=1")


def _said(request: HttpRequest, number: str, *, at: datetime) -> Mapping[str, str] | None:
    """What was said here a moment ago; on a telephone or a computer of many nobody reads it later."""
    kept = request.session.get(KEPT)
    if not kept or not kept["receipt"].startswith(number):
        return None
    minutes = access.policy(local_date(at)).query_idle_minutes
    if not is_idle(datetime.fromtimestamp(kept["at"], UTC), at=at, minutes=minutes):
        return {key: kept[key] for key in ("receipt", "objection")}
    del request.session[KEPT]
    return None


def _page() -> Page:
    known = _("承办机关核实、答复时找您用，不公开，也不告诉申请人。")
    return Page(
        "object",
        _("提出异议"),
        (
            Question("who", _("您的姓名或者单位名称"), QuestionKind.TEXT, max_length=50),
            Question("contact", _("电话"), QuestionKind.PHONE, hint=known),
            Question("objection", _("哪里不对"), QuestionKind.TEXTAREA, hint=_("写您知道的情况，越具体越好核实。")),
        ),
    )


def _show(
    request: HttpRequest,
    notice: Shown,
    *,
    values: Mapping[str, object] | None = None,
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    context = {"notice": notice, "questions": _page().questions, "values": values or {}, "errors": errors}
    return render(request, "portal/heard/object.html", context, status=422 if errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """查异议的答复: the receipt's number and code, then what was said and what the organ answers."""
    receipt, code = (request.POST.get(key, "").replace("\0", "").strip()[:LONGEST] for key in ("receipt", "code"))
    receipt = receipt.upper()
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        fault = _wrong(request, receipt, code)
        if fault is None:
            found = queries.answered(receipt)
            return render(request, "portal/heard/answered.html", {"receipt": receipt, "found": found})
        errors = (fault,)
    questions = (
        Question(
            "receipt", _("回执编号"), QuestionKind.TEXT, hint=_("“异议已收到”那一页上的编号，中间有“异议”两个字。")
        ),
        Question("code", _("查询码"), QuestionKind.TEXT, hint=_("8 位数字，在编号下面。")),
    )
    context = {"questions": questions, "typed": {"receipt": receipt}, "errors": errors}
    return render(request, "portal/heard/answer.html", context, status=422 if errors else 200)


def _wrong(request: HttpRequest, receipt: str, code: str) -> FieldError | None:
    if not RECEIPT.fullmatch(receipt):
        return FieldError("receipt", _("请照回执填写，例如 53052420261123000003A-异议-1。"))
    try:
        right = commands.check_receipt(receipt, code, at=timezone.now(), address=request.META["REMOTE_ADDR"])
    except Refused as fault:
        return FieldError("code", fault.message)
    return None if right else FieldError("code", _("编号或者查询码不对，请对照回执核对。"))
