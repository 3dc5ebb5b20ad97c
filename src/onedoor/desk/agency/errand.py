"""The page of one errand: what was filled in, how the applicant may confirm it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.agency import commands, queries
from onedoor.agency.commands import Confirmation
from onedoor.agency.rules import HOW_NAMES, PROOF_NAMES, STATE_NAMES, Errand, How, Proof, Shown, State
from onedoor.cases import queries as cases
from onedoor.desk.agency.people import agent_of, agents_only
from onedoor.desk.agency.views import TONES
from onedoor.desk.frame import rail
from onedoor.items import queries as items
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_id_number
from onedoor.kernel.errors import FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.orgs import queries as orgs
from onedoor.ui.filled import filled_facts
from onedoor.ui.parts import Tag, Tone
from onedoor.vault import commands as vault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from onedoor.kernel.actor import Actor

DONE = {
    "code": gettext_lazy("本人已确认，申请已提交。"),
    "paper": gettext_lazy("本人已签名确认，申请已提交。"),
    "callback": gettext_lazy("已登记回拨，申请已提交。"),
    "send": gettext_lazy("确认码已重新发送。"),
    "refuse": gettext_lazy("已登记本人不同意，申请没有提交。"),
    "withdraw": gettext_lazy("已撤销。"),
    "end": gettext_lazy("代办已经结束，由本人接着办。请打印本页交给本人。"),
    "handover": gettext_lazy("确认码已发到本人手机。本人登录自己的账号输入以后，就由本人接着办。"),
}


@require_safe
@agents_only
def errand(request: HttpRequest, errand: str) -> HttpResponse:
    """One errand."""
    return _show(request, queries.errand(errand, by=agent_of(request)))


@require_POST
@agents_only
def act(request: HttpRequest, errand: str, act: str) -> HttpResponse:
    """One act on an errand."""
    by = agent_of(request)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](Sent(request, errand, by, timezone.now()))
    except Invalid as fault:
        return _show(
            request, queries.errand(errand, by=by), [FieldError(_place(e.field), e.message) for e in fault.errors]
        )
    except Refused as fault:
        return _show(request, queries.errand(errand, by=by), (FieldError("", fault.message),))
    messages.success(request, str(DONE[act]))
    return redirect("desk:agency_ended" if done.ended_by else "desk:agency_errand", errand=done.number)


@never_cache
@require_safe
@agents_only
def ended(request: HttpRequest, errand: str) -> HttpResponse:
    """What the applicant takes along: the number of the case and the password that opens it now; on the day alone."""
    found = queries.ended_by(agent_of(request), errand)
    if found is None or found.handed_on != timezone.localdate():
        raise NotFound(_("没有这次代办，或者不是您今天结束的。"))
    context = {
        "rail": rail(request),
        "errand": found,
        "organ": orgs.organ(found.organ),
        "password": cases.own_password(found.case),
    }
    return render(request, "desk/agency/ended.html", context)


def _place(field: str) -> str:
    return field if field in {"code", "note", "reason", "paper", "proof", "number"} else ""


def _questions() -> dict[str, Question]:
    hint = _("请群众看自己手机上的短信，同意的念给您。")
    kept = _("照本人出示的证件输入，和登记的核对；只记证件种类和后四位。")
    proofs = tuple(Option(str(proof), name) for proof, name in PROOF_NAMES.items())
    return {
        "proof": Question("proof", _("本人出示的证件"), QuestionKind.CHOICE, options=proofs),
        "number": Question("number", _("证件上的公民身份号码"), QuestionKind.ID_NUMBER, hint=kept),
        "code": Question("code", _("短信里的 6 位确认码"), QuestionKind.TEXT, hint=hint, max_length=6),
        "note": Question("note", _("打给谁、什么时候、本人怎么说"), QuestionKind.TEXTAREA, max_length=500),
        "reason": Question("reason", _("理由"), QuestionKind.TEXTAREA, max_length=500),
    }


def _show(request: HttpRequest, one: Errand, errors: Sequence[FieldError] = ()) -> HttpResponse:
    by = agent_of(request)
    waiting = one.state is State.WAITING
    held = queries.application(one.number, by=by) if waiting else None
    item = items.published(one.item) if waiting else None
    context = {
        "rail": rail(request),
        "errand": one,
        "tag": Tag(STATE_NAMES[one.state], TONES.get(one.state, Tone.STOP)),
        "station": orgs.organ(one.station),
        "organ": orgs.organ(one.organ),
        "how": HOW_NAMES[one.how] if one.how else "",
        "facts": filled_facts(item, held, today=timezone.localdate()) if item and held else (),
        "materials": [m.name for m in item.materials if held.materials.get(m.key)] if item and held else [],
        "mine": by.ref == one.agent,
        "waiting": waiting,
        "questions": _questions(),
        "typed": request.POST,
        "errors": errors,
        "basis": queries.terms().rule(timezone.localdate(one.prepared_at)).basis,
    }
    return render(request, "desk/agency/errand.html", context, status=422 if errors else 200)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent, by whom and when."""

    request: HttpRequest
    number: str
    by: Actor
    at: datetime


def _code(sent: Sent) -> Errand:
    return commands.confirm(
        sent.number,
        by=sent.by,
        at=sent.at,
        given=Confirmation(how=How.CODE, code=sent.request.POST.get("code", "")[:12]),
    )


def _paper(sent: Sent) -> Errand:
    papers = []
    for upload in sent.request.FILES.getlist("paper"):
        papers.append(vault.store(upload.file, name=upload.name or "签名页", by=sent.by, at=sent.at).id)  # type: ignore[arg-type]
    return commands.confirm(sent.number, by=sent.by, at=sent.at, given=Confirmation(how=How.PAPER, papers=papers))


def _callback(sent: Sent) -> Errand:
    note = sent.request.POST.get("note", "")
    return commands.confirm(sent.number, by=sent.by, at=sent.at, given=Confirmation(how=How.CALLBACK, note=note))


def _send(sent: Sent) -> Errand:
    return commands.send_code(sent.number, by=sent.by, at=sent.at)


def _refuse(sent: Sent) -> Errand:
    return commands.refuse_errand(sent.number, by=sent.by, at=sent.at, reason=sent.request.POST.get("reason", ""))


def _withdraw(sent: Sent) -> Errand:
    return commands.withdraw_errand(sent.number, by=sent.by, at=sent.at, reason=sent.request.POST.get("reason", ""))


def _handover(sent: Sent) -> Errand:
    return commands.ask_takeover(sent.number, by=sent.by, at=sent.at)


def _end(sent: Sent) -> Errand:
    proof, reason = (sent.request.POST.get(key, "") for key in ("proof", "reason"))
    number = normalise(sent.request.POST.get("number", ""))
    errors = [] if proof in set(Proof) else [FieldError("proof", _("请选择本人出示的证件。"))]
    if fault := why_not_id_number(number, local_date(sent.at)):
        errors.append(FieldError("number", f"{fault}。" if number else _("请输入证件上的公民身份号码。")))
    if errors:
        raise Invalid(errors)
    shown = Shown(proof=Proof(proof), number=number, reason=reason)
    return commands.end_at_window(sent.number, shown, by=sent.by, at=sent.at)


ACTS: Mapping[str, Callable[[Sent], Errand]] = {
    "code": _code,
    "paper": _paper,
    "callback": _callback,
    "send": _send,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "handover": _handover,
    "end": _end,
}
