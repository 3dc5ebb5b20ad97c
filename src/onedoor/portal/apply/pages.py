"""One page of the journey: shown, checked, saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.items.rules.facts import SITUATION, labels_of
from onedoor.kernel.clock import local_date
from onedoor.kernel.journey import clean_page
from onedoor.portal.apply.autosave import autosave, by_itself
from onedoor.portal.apply.carried import carried, carrying
from onedoor.portal.apply.draft import of_draft, onward, page_address, resume_address, save
from onedoor.portal.apply.filling import Filling
from onedoor.portal.apply.known import source_of
from onedoor.portal.apply.myself import offered, own_answers
from onedoor.portal.visitor import actor_of
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from onedoor.kernel.errors import FieldError
    from onedoor.kernel.journey import Page, Question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@carrying
@of_draft
def page(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """Show or take one page; whoever jumps ahead is led back to where the form stands."""
    if not filling.may_visit(key):
        return redirect(resume_address(filling))
    found = next(each for each in filling.pages if each.key == key)
    if request.method == "POST":
        if by_itself(request):
            return autosave(request, filling, found)
        if "myself" in request.POST:
            return _fill_in_myself(request, filling, found)
        return _take(request, filling, found)
    values: dict[str, object] = {**filling.known, **filling.answers}
    if (typed := carried(request)) is not None:
        messages.info(request, _("登录以前填的还在这一页，请核对，再点“保存并继续”。"))
        values |= raw_answers(typed, found.questions)
    return _show(request, filling, found, values=values)


def _take(request: HttpRequest, filling: Filling, found: Page) -> HttpResponse:
    shown = set(request.POST.get("asked", "").split())
    raw = raw_answers(request.POST, found.questions)
    answers = {key: value for key, value in filling.relevant.items() if key not in raw}
    today = local_date(timezone.now())
    cleaned = clean_page(filling.form, found.key, raw, today=today, answers=answers, facts=filling.facts)
    errors = tuple(error for error in cleaned.errors if error.field in shown or error.field not in raw)
    if errors:
        return _show(request, filling, found, values=raw, errors=errors)
    saved = save(request, filling, filling.with_answers(found, cleaned.values))
    if {question.key for question in saved.questions(found.key, saved.answers)} - shown:
        return redirect(page_address(saved, found) + _query(request))  # an answer led to another question
    if _changing(request) and saved.incomplete is None and not saved.missing:
        return redirect("portal:check", draft=saved.draft.id)
    return redirect(onward(saved, saved.after(found.key)))


def _fill_in_myself(request: HttpRequest, filling: Filling, found: Page) -> HttpResponse:
    raw, key, by = raw_answers(request.POST, found.questions), request.POST["myself"], actor_of(request)
    if key not in offered(found.questions, by=by):
        return _show(request, filling, found, values=raw)
    own = own_answers(filling.item, found.questions, key, by=by, at=timezone.now())
    return _show(request, filling, found, values={**raw, **own})


def _changing(request: HttpRequest) -> bool:
    return "change" in request.GET


def _query(request: HttpRequest) -> str:
    return "?change" if _changing(request) else ""


def _show(
    request: HttpRequest,
    filling: Filling,
    found: Page,
    *,
    values: Mapping[str, object],
    errors: Sequence[FieldError] = (),
) -> HttpResponse:
    answers = {**filling.known, **filling.answers}
    questions = filling.questions(found.key, answers)
    context = {
        "filling": filling,
        "found": found,
        "alone": len(questions) == 1,
        "questions": tuple(_marked(question, filling, values) for question in questions),
        "myself": offered(questions, by=actor_of(request)),
        "asked": " ".join(question.key for question in questions),
        "values": values,
        "errors": errors,
        "number": [each.key for each in filling.pages].index(found.key) + 1,
        "count": filling.length,
        "back": _back(request, filling, found),
        "told": _told(filling, found),
        "titled": not found.key.startswith(SITUATION),
    }
    return render(request, "portal/apply/page.html", context, status=422 if errors else 200)


def _told(filling: Filling, found: Page) -> tuple[tuple[str, str, str], ...]:
    """On the first page that is asked: question, answer and page of each situation that is not asked."""
    told = filling.told
    if found != next((page for page in filling.pages if page not in told), None):
        return ()
    words = labels_of(filling.item)
    keys = [(page, page.key.removeprefix(SITUATION)) for page in told]
    return tuple(
        (page.title, words[f"{key}={filling.answers[key]}"], page_address(filling, page)) for page, key in keys
    )


def _marked(question: Question, filling: Filling, values: Mapping[str, object]) -> Question:
    """A question whose answer a register gave says so, and that it may be corrected."""
    known = filling.known.get(question.key)
    if known is None or values.get(question.key) != known:
        return question
    told = _("已按%(source)s替您填好，不对可以改。") % {"source": source_of(question)}
    ends = not question.hint or question.hint[-1] in "。？！"
    return replace(question, hint=f"{question.hint}{'' if ends else '。'}{told}")


def _back(request: HttpRequest, filling: Filling, found: Page) -> str:
    if _changing(request):
        return reverse("portal:check", args=[filling.draft.id])
    before = filling.before(found.key)
    return page_address(filling, before) if before else reverse("portal:apply", args=[filling.item.code])
