"""在办件迁移: the impact, moving all or some, leaving some, and how far a batch has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.cases import commands, queries
from onedoor.cases.queries import RunState
from onedoor.desk.editors import editors_only, name_of_actor
from onedoor.desk.frame import actor_of, rail, told
from onedoor.desk.moving.saying import BECAME, STATES, standing_of
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, Refused
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.ui.parts import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

MOST_KEPT: Final = 100


@require_safe
@editors_only
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """Which cases run under earlier versions, where they stand, and what a move would change for each."""
    return _overview(request, code)


def _overview(request: HttpRequest, code: str, errors: Sequence[FieldError] = (), *, status: int = 200) -> HttpResponse:
    by = actor_of(request)
    item = queries.movable_item(code, by=by)
    impact, batches = queries.impact(item, by=by), queries.runs(code, by=by)
    context = {
        "rail": rail(request),
        "item": item,
        "impact": impact,
        "groups": [standing_of(group) for group in impact.groups],
        "picked": request.POST.getlist("case"),
        "runs": [(run, _state(run.state)) for run in batches],
        "open": next((run for run in batches if run.state is not RunState.DONE), None),
        "reason": _reason(),
        "typed": request.POST if errors else {},
        "errors": errors,
    }
    return render(request, "desk/moving/overview.html", context, status=status)


def _reason() -> Question:
    hint = _("批次会跳过它们；以后仍可以单独迁移。")
    return Question("reason", _("为什么留在原版本"), QuestionKind.TEXTAREA, max_length=500, hint=hint)


def _state(state: RunState) -> Tag:
    word, tone = STATES[state]
    return Tag(str(word), tone)


@require_POST
@editors_only
def act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Move all or the picked cases in a batch, or leave the picked ones under their version."""
    if act not in ("all", "chosen", "keep"):
        raise Http404
    by, at = actor_of(request), timezone.now()
    picked = [int(id_) for id_ in request.POST.getlist("case") if id_.isascii() and id_.isdigit() and len(id_) < 19]
    if act != "all" and not picked:
        return _overview(request, code, [FieldError("", _("请先勾选办件。"))], status=422)
    try:
        if act == "keep":
            return _keep(request, code, picked)
        run = commands.start_moving(code, by=by, at=at, chosen=None if act == "all" else picked)
    except (Invalid, Refused) as fault:
        return _overview(request, code, _faults(fault), status=422)
    except Conflict as fault:
        return _overview(request, code, [FieldError("", fault.message)], status=409)
    return redirect("desk:moving_run", run=run)


def _faults(fault: Invalid | Refused) -> Sequence[FieldError]:
    return fault.errors if isinstance(fault, Invalid) else [FieldError("", told(fault))]


def _keep(request: HttpRequest, code: str, picked: Sequence[int]) -> HttpResponse:
    """Each case is its own act; what cannot be kept is named, the others are."""
    by, reason, kept = actor_of(request), request.POST.get("reason", ""), 0
    queries.movable_item(code, by=by)
    for _id, number in queries.numbers_of(picked[:MOST_KEPT]):
        try:
            commands.keep(number, by=by, at=timezone.now(), reason=reason)
            kept += 1
        except (Refused, Forbidden) as fault:
            messages.warning(request, f"{number}：{fault.message}")
    if kept:
        messages.success(request, _("%(count)s 件留在原版本。") % {"count": kept})
    return redirect("desk:moving", code=code)


@require_safe
@editors_only
def batch(request: HttpRequest, run: int) -> HttpResponse:
    """How far a batch has come, and its report."""
    return _batch(request, run)


def _batch(request: HttpRequest, run: int, *, fault: str = "", status: int = 200) -> HttpResponse:
    one = queries.move_run(run, by=actor_of(request))
    context = {
        "rail": rail(request),
        "item": one.target,
        "run": one,
        "tag": _state(one.state),
        "who": name_of_actor(one.started_by),
        "outcomes": [(BECAME[became], why, count) for became, why, count in one.outcomes],
        "fault": fault,
    }
    return render(request, "desk/moving/run.html", context, status=status)


@require_POST
@editors_only
def batch_act(request: HttpRequest, run: int, act: str) -> HttpResponse:
    """Stop a batch, go on with it, take it back."""
    by, at = actor_of(request), timezone.now()
    if act not in ACTS:
        raise Http404
    try:
        made = ACTS[act](run, by=by, at=at)
    except (Refused, Conflict) as fault:
        said = told(fault) if isinstance(fault, Refused) else fault.message
        return _batch(request, run, fault=said, status=422 if isinstance(fault, Refused) else 409)
    return redirect("desk:moving_run", run=made or run)


ACTS: Mapping[str, Callable[..., int | None]] = {
    "stop": commands.stop_moving,
    "continue": commands.continue_moving,
    "undo": commands.undo_moving,
}
