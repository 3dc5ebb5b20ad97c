"""Rating (好差评): what can be rated, and the page on which one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.cases import commands, queries
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.portal.track.lists import lines
from onedoor.portal.track.opening import opened
from onedoor.portal.track.page import LEVELS, offers
from onedoor.portal.visitor import actor_of, known_person

if TYPE_CHECKING:
    from django.http import HttpRequest


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """我要评: how rating works, the closed cases that wait for it, and one's own ratings."""
    actor = actor_of(request)
    mine = lines(queries.listing(by=actor), today=local_date(timezone.now())) if known_person(actor) else ()
    context = {
        "cases": tuple(line for line in mine if line.closed and line.rating is None),
        "rated": tuple((line, LEVELS.get(str(line.rating), "")) for line in mine if line.rating is not None),
        "signed_in": known_person(actor),
    }
    return render(request, "portal/rate/overview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Five levels, a comment if one likes, once."""
    found = opened(request, number)
    errors: tuple[FieldError, ...] = ()
    if request.method == "POST":
        level = request.POST.get("level", "")
        try:
            commands.rate(
                number,
                by=found.by,
                at=timezone.now(),
                level=int(level) if level in LEVELS else 0,
                comment=request.POST.get("comment", "").strip(),
            )
        except Invalid as fault:
            errors = tuple(FieldError(error.field or "comment", error.message) for error in fault.errors)
        else:
            messages.success(request, _("谢谢您的评价，已经记入办件。"))
            return redirect("portal:case", number=number)
    elif not offers(found.page, by=found.by).rate:
        return redirect("portal:case", number=number)
    context = {
        "case": found.page.case,
        "item": found.page.item,
        "questions": _questions(),
        "typed": request.POST,
        "errors": errors,
    }
    return render(request, "portal/rate/rate.html", context, status=422 if errors else 200)


def _questions() -> tuple[Question, ...]:
    levels = tuple(Option(value, str(label)) for value, label in LEVELS.items())
    return (
        Question("level", _("这次办事，您满意吗？"), QuestionKind.CHOICE, options=levels),
        Question(
            "comment",
            _("您想说的话"),
            QuestionKind.TEXTAREA,
            required=False,
            hint=_("哪里好、哪里不好、希望怎么改。不要写身份证号和电话。"),
        ),
    )
