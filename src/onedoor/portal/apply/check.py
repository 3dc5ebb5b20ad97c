"""Check answers, and hand in. The draft's id is the idempotency key: a second press shows the same receipt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.cases import commands
from onedoor.cases.rules.tasks import chosen_promise
from onedoor.cases.rules.values import Pledge
from onedoor.items.rules.facts import SITUATION
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.portal.apply.draft import of_draft, page_address, resume_address
from onedoor.portal.apply.filling import CONSENT, Filling
from onedoor.portal.apply.materials import PROMISED
from onedoor.portal.visitor import actor_of
from onedoor.registries import queries as registries
from onedoor.ui.cases import shown, source_tag
from onedoor.ui.parts import Fact, Tag, Tone
from onedoor.vault import queries as vault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from onedoor.kernel.journey import Page


@dataclass(frozen=True, slots=True)
class Section:
    """One page of answers, with the way back to it."""

    title: str
    href: str
    facts: tuple[Fact, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def check(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Everything once more before it is handed in; each answer can be changed."""
    if filling.incomplete is not None or filling.missing:
        return redirect(resume_address(filling))
    if request.method == "POST":
        return _submit(request, filling)
    return _show(request, filling)


def _submit(request: HttpRequest, filling: Filling) -> HttpResponse:
    actor, consent = actor_of(request), request.POST.get(CONSENT, "")
    if not filling.asks_consent and consent not in {"yes", "no"}:
        told = _("请选择是否同意用电子方式送达文书。")
        return _show(request, filling, errors=(FieldError(CONSENT, told),))
    application = filling.application(electronic_service=filling.asks_consent or consent == "yes")
    try:
        commands.submit(application, by=actor, at=timezone.now(), key=filling.draft.id)
    except Invalid as fault:
        return _show(request, filling, errors=tuple(FieldError("", error.message) for error in fault.errors))
    commands.discard_draft(filling.draft.id, by=actor)
    return redirect("portal:done", draft=filling.draft.id)


def _show(request: HttpRequest, filling: Filling, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    context = {
        "filling": filling,
        "applicant": _applicant(request, filling),
        "sections": _sections(filling),
        "materials": _materials(request, filling),
        "consent": None if filling.asks_consent else consent_question(),
        "typed": request.POST,
        "errors": errors,
        "promises": _promises(filling),
        "updated": filling.draft.item_version != filling.item.id,
    }
    return render(request, "portal/apply/check.html", context, status=422 if errors else 200)


def _promises(filling: Filling) -> tuple[str, ...]:
    """What is promised with this application, in the applicant's own words."""
    told = {
        Pledge.LATER: _("“%(name)s”在受理后 %(days)s 个工作日内交来；交来以前不发证。"),
        Pledge.INSTEAD: _("“%(name)s”要证明的情况真实，用承诺代替；查明不实的，不批准或者撤销。"),
    }
    whole: tuple[str, ...] = ()
    if chosen_promise(filling.item, {**filling.facts, **filling.relevant}):
        conditions = "；".join(condition.text for condition in filling.item.conditions)
        whole = (_("符合这些条件：%(all)s。决定以后保持符合，接受核查，不符合的限期整改。") % {"all": conditions},)
    materials = {material.key: material for material in filling.item.materials}
    return whole + tuple(
        told[kind] % {"name": materials[key].name, "days": materials[key].tolerated_days}
        for key, kind in filling.promised.items()
    )


def _applicant(request: HttpRequest, filling: Filling) -> str:
    actor, party = actor_of(request), filling.draft.applicant
    named = next((r.name for r in actor.represents if r.party == party), "")
    return named or registries.party(party).name


def _sections(filling: Filling) -> tuple[Section, ...]:
    """The situations together, each with its own way back; then the form page by page."""
    alone = [_section(filling, page) for page in filling.pages if page.key.startswith(SITUATION)]
    changeable = tuple(replace(f, href=s.href, action=_("更改")) for s in alone for f in s.facts)
    situations = (Section(_("您的情形"), "", changeable),) if changeable else ()
    pages = (page for page in filling.pages if not page.key.startswith(SITUATION))
    return (*situations, *(_section(filling, page) for page in pages))


def _section(filling: Filling, page: Page) -> Section:
    answers = filling.relevant
    facts = tuple(
        Fact(question.label, shown(question, answers[question.key]), tag=_mark(filling, question))
        for question in filling.questions(page.key, filling.answers)
        if question.key in answers
    )
    return Section(page.title, f"{page_address(filling, page)}?change", facts)


def _mark(filling: Filling, question: Question) -> Tag | None:
    known = filling.known.get(question.key)
    return Tag(_("已替您填"), Tone.GO) if known is not None and known == filling.answers[question.key] else None


def _materials(request: HttpRequest, filling: Filling) -> tuple[Fact, ...]:
    held = {file.id: file.name for file in vault.files(by=actor_of(request))}
    return tuple(
        Fact(material.name, material.source_detail or _("由我们核对"), tag=source_tag(material.source))
        if not material.brought
        else Fact(
            material.name,
            "\n".join(held[id] for id in filling.draft.content.files.get(material.key, ()) if id in held)
            or (str(PROMISED[filling.promised[material.key]]) if material.key in filling.promised else _("没有上传")),
            href=reverse("portal:material", args=[filling.draft.id, material.key]),
            action=_("更改"),
        )
        for material in filling.asked
    )


def consent_question() -> Question:
    """Whether documents may be served electronically; asked where the form does not ask (行政许可法 §44)."""
    hint = _("选“是”，决定书和证照在网上送达，马上可以下载；选“否”，请到窗口领取或者邮寄。两种方式效力一样。")
    return Question(CONSENT, _("同意用电子方式送达文书吗？"), QuestionKind.YES_NO, hint=hint)
