"""授权: let somebody act for me or for my company, see who may, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.access import commands, queries
from onedoor.access.rules import APPLICANT_ACTS, MandateKind, MandateTerms
from onedoor.items import queries as items
from onedoor.kernel.actor import Act
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.journey import Form, Option, Page, Question, QuestionKind, clean_page
from onedoor.portal.visitor import SELF, actor_of, citizens_only, own_party
from onedoor.registries import queries as registries
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from onedoor.access.queries import MandateView
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.expr import Value

EVERYTHING = "all"
SCOPES = {"handle": APPLICANT_ACTS, "look": frozenset({Act.VIEW})}
FIELD_OF = {"principal": "principal", "agent": "agent_id", "valid_to": "valid_to", "items": "item", "acts": "scope"}


@dataclass(frozen=True, slots=True)
class Line:
    """One mandate of a list."""

    view: MandateView
    number: int
    valid: bool
    items: str


@never_cache
@require_safe
@citizens_only
def mandates(request: HttpRequest) -> HttpResponse:
    """Given and held, the newest first."""
    actor, today = actor_of(request), local_date(timezone.now())
    found = queries.mandates(by=actor)
    me, names = own_party(actor), {summary.code: summary.name for summary in items.catalogue()}
    lines = [Line(view, int(view.ref.partition(":")[2]), view.valid(today), _items(view, names)) for view in found]
    context = {
        "given": [line for line in lines if line.view.terms.agent != me],
        "held": [line for line in lines if line.view.terms.agent == me],
    }
    return render(request, "portal/account/mandates.html", context)


def _items(view: MandateView, names: Mapping[str, str]) -> str:
    codes = view.terms.items
    if codes is None:
        return _("全部事项")
    return "、".join(sorted(names.get(code, code) for code in codes))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def grant(request: HttpRequest) -> HttpResponse:
    """Give a mandate: to whom, for what, until when."""
    actor = actor_of(request)
    page = _page(actor)
    if request.method != "POST":
        return _show(request, page, values={"principal": page.questions[0].options[0].value, "item": EVERYTHING})
    raw, today = raw_answers(request.POST, page.questions), local_date(timezone.now())
    cleaned = clean_page(Form((page,)), page.key, raw, today=today)
    if cleaned.errors:
        return _show(request, page, values=raw, errors=cleaned.errors)
    try:
        terms = _terms(cleaned.values, today)
        commands.grant_mandate(terms, by=actor, at=timezone.now())
    except Invalid as fault:
        errors = tuple(FieldError(FIELD_OF.get(e.field, e.field), e.message) for e in fault.errors)
        return _show(request, page, values=raw, errors=errors)
    messages.success(request, _("已授权。对方登录后就能替您办理；您随时可以解除。"))
    return redirect("portal:mandates")


def _show(
    request: HttpRequest, page: Page, *, values: Mapping[str, object], errors: Sequence[FieldError] = ()
) -> HttpResponse:
    context = {"questions": page.questions, "values": values, "errors": errors}
    return render(request, "portal/account/grant.html", context, status=422 if errors else 200)


def _terms(values: Mapping[str, Value], today: date) -> MandateTerms:
    principal = str(values["principal"])
    return MandateTerms(
        kind=MandateKind.DELEGATION if principal.startswith("person:") else MandateKind.COMPANY_AGENT,
        principal=principal,
        agent=_agent(str(values["agent_id"]), str(values["agent_name"])),
        acts=SCOPES[str(values["scope"])],
        valid_from=today,
        valid_to=date.fromisoformat(str(values["valid_to"])),
        items=None if values["item"] == EVERYTHING else frozenset({str(values["item"])}),
    )


def _agent(id_number: str, name: str) -> str:
    """Whoever has this number and this name; a number alone tells nothing. Invalid otherwise."""
    ref = registries.person_ref(id_number)
    if ref is None or registries.party(ref).name != name:
        told = _("没有查到姓名和身份证号都相符的人。请核对；对方要先登录过本网，或者到窗口登记。")
        raise Invalid([FieldError("agent", told)])
    return ref


def _page(actor: Actor) -> Page:
    principals = tuple(
        Option(r.party, r.name, r.basis)
        for r in actor.represents
        if r.basis in {SELF, MandateKind.LEGAL_REPRESENTATIVE.label}
    )
    offered = {summary.code: f"{summary.name}（{summary.organ_name}）" for summary in items.catalogue()}
    named = tuple(Option(code, name) for code, name in offered.items())
    return Page(
        "mandate",
        _("授权他人办理"),
        (
            Question("principal", _("替谁授权？"), QuestionKind.CHOICE, options=principals),
            Question("agent_name", _("对方姓名"), QuestionKind.PERSON_NAME),
            Question("agent_id", _("对方身份证号"), QuestionKind.ID_NUMBER),
            Question("scope", _("可以做什么？"), QuestionKind.CHOICE, options=_scopes()),
            Question(
                "item",
                _("哪些事项？"),
                QuestionKind.CHOICE,
                options=(Option(EVERYTHING, _("全部事项")), *named),
            ),
            Question(
                "valid_to",
                _("到哪一天为止？"),
                QuestionKind.DATE,
                hint=_("到这一天结束时自动失效，也可以随时提前解除。"),
            ),
        ),
    )


def _scopes() -> tuple[Option, ...]:
    return (
        Option("handle", _("替我办理"), _("查看、申请、补正、撤回、评价")),
        Option("look", _("只看进度"), _("不能申请，也不能改动")),
    )


@require_POST
@citizens_only
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Take a mandate back, or give it up. What was done under it stands."""
    commands.revoke_mandate(f"mandate:{number}", by=actor_of(request), at=timezone.now())
    messages.success(request, _("授权已解除，从现在起不再有效；此前已办的仍然算数。"))
    return redirect("portal:mandates")
