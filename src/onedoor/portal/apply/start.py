"""Before the form: who applies, and what is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.rules.drafts import KNOWN, Content
from onedoor.items import queries as items
from onedoor.kernel.actor import ActorKind
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, NotFound
from onedoor.portal.apply.draft import of_draft, resume_address
from onedoor.portal.apply.filling import Filling, filling_of
from onedoor.portal.apply.held import held
from onedoor.portal.apply.known import chosen_situations, known_answers, known_situations
from onedoor.portal.find.ways import ways
from onedoor.portal.visitor import actor_of, applicants, known_person
from onedoor.vault import commands as vault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from onedoor.items.rules import ItemVersion


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The start: who you are applying for. Without sign-in, what sign-in is for and the other ways (§37)."""
    item = items.published(code)
    if request.method != "POST":
        return _start(request, item)
    return _begin(request, item)


def _start(request: HttpRequest, item: ItemVersion, *, errors: Sequence[FieldError] = ()) -> HttpResponse:
    actor = actor_of(request)
    mine = queries.drafts(by=actor) if known_person(actor) else ()
    context = {
        "item": item,
        "needs": _why_not(request, item),
        "applicants": applicants(item, by=actor),
        "drafts": tuple(draft for draft in mine if draft.item == item.code),
        "uploads": sum(1 for material in item.materials if material.brought),
        "exempt": sum(1 for material in item.materials if not material.brought),
        "ways": ways(item, {}),
        "held": held(item, by=actor, on=timezone.localdate()),
        "errors": errors,
    }
    return render(request, "portal/apply/start.html", context, status=422 if errors else 200)


def _why_not(request: HttpRequest, item: ItemVersion) -> str:
    actor = actor_of(request)
    if not item.online:
        return "window"
    if actor.kind is ActorKind.ANONYMOUS:
        return "sign_in"
    if actor.kind is not ActorKind.CITIZEN:
        return "staff"
    if not known_person(actor):
        return "real_name"
    return "" if applicants(item, by=actor) else "not_meant_for"


def _begin(request: HttpRequest, item: ItemVersion) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    if _why_not(request, item):
        return redirect("portal:apply", code=item.code)
    applicant = request.POST.get("applicant", "")
    if applicant not in {r.party for r in applicants(item, by=actor)}:
        return _start(request, item, errors=(FieldError("applicant", _("请选择您为谁办理。")),))
    known = known_answers(item, applicant, by=actor, at=now, today=local_date(now))
    situations = known_situations(item, applicant, by=actor, at=now, today=local_date(now))
    situations |= chosen_situations(item, request.GET)
    content = Content(
        situations=situations, answers={f"{KNOWN}{key}": value for key, value in {**known, **situations}.items()}
    )
    draft = commands.start_draft(item.code, by=actor, at=now, applicant=applicant, content=content)
    filling = filling_of(draft, by=actor)
    return redirect(resume_address(filling))


@never_cache
@require_safe
@of_draft
def resume(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Go on where one stopped."""
    return redirect(resume_address(filling))


@require_POST
@of_draft
def discard(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Throw the draft away, files included."""
    actor = actor_of(request)
    commands.discard_draft(filling.draft.id, by=actor)
    forget_files(request, filling)
    return redirect("portal:mine")


def forget_files(request: HttpRequest, filling: Filling) -> None:
    """What was uploaded for a draft goes with it."""
    for files in filling.draft.content.files.values():
        for file in files:
            try:
                vault.discard(file, by=actor_of(request), at=timezone.now())
            except NotFound:
                continue
