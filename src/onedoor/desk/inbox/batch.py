"""批量办理: what was ticked is listed one by one, confirmed once, done one case a transaction.

受理, a review step that passes, 准予 and 送达 at the window may go together, or all to one colleague (移交): the
officer has each case's line before them. A step may have words of its own, a decision must (行政许可法 §38: reasons for
each). A check on site, which names its officers (§34), is never among them, nor any refusal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onedoor.cases import commands, queries
from onedoor.cases.rules.papers import cited
from onedoor.cases.rules.phases import word_for_grant
from onedoor.cases.rules.tasks import ACCEPTANCE, DELIVERY
from onedoor.cases.rules.values import Delivery, Outcome, Verdict
from onedoor.desk.frame import actor_of, rail, staff_only, told
from onedoor.desk.inbox.rows import listed_name
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.plan import StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from django.http import HttpRequest, HttpResponse, QueryDict

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.tasks import Task

MOST = 50


@dataclass(frozen=True, slots=True)
class Picked:
    """One ticked row: what would be done, or why it cannot go with the others (``why``)."""

    key: str
    number: str
    task: str
    version: int
    what: str = ""
    item: str = ""
    name: str = ""
    why: str = ""
    basis: str = ""
    words: str = ""
    able: tuple[tuple[str, str], ...] | None = None  # who could take it over, None where this officer may not give it

    @property
    def kind(self) -> str:
        """What it takes to do it: nothing more, a receiver, words that may be shared, or reasons of its own."""
        if self.task in {ACCEPTANCE, DELIVERY}:
            return self.task
        return "decision" if self.basis else "step"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one row: "" where it was done, else the refusal."""

    picked: Picked
    refusal: str


@require_POST
@staff_only
def batch(request: HttpRequest) -> HttpResponse:
    """First the list of what was ticked; with ``sure``, each done and the result of each."""
    actor, now = actor_of(request), timezone.now()
    keys = list(dict.fromkeys(request.POST.getlist("pick")))[:MOST]
    if not keys:
        return redirect("desk:inbox")
    asking = not {"sure", "hand"} & request.POST.keys()
    rows = tuple(
        replace(look_up(key, by=actor, at=now, asking=asking), words=request.POST.get(f"words.{key}", "").strip())
        for key in keys
    )
    if "hand" in request.POST:
        return _result(request, [Done(row, hand(row, request.POST, by=actor, at=now)) for row in rows])
    opinion, ready = request.POST.get("opinion", "").strip(), [row for row in rows if not row.why]
    fault = _lacking(ready, opinion)
    if "sure" not in request.POST or fault:
        return _asking(request, rows, fault=fault if "sure" in request.POST else "")
    receivers = {row.key: request.POST.get(f"receiver.{row.key}", "").strip() for row in ready}
    done = [Done(row, do(row, opinion=opinion, receiver=receivers[row.key], by=actor, at=now)) for row in ready]
    return _result(request, [*done, *(Done(row, row.why) for row in rows if row.why)])


def _lacking(ready: Sequence[Picked], opinion: str) -> str:
    """Which words are owed before anything is done."""
    if any(row.kind == "decision" and not row.words for row in ready):
        return _("决定要逐件写明理由：请在每一件后面写。")
    if any(row.kind == "step" and not (row.words or opinion) for row in ready):
        return _("请写明理由与依据，会写进没有单独写的每一件。")
    return ""


def _asking(request: HttpRequest, rows: Sequence[Picked], *, fault: str) -> HttpResponse:
    """The list of what was ticked, with what it still takes."""
    actor = actor_of(request)
    ready = [row for row in rows if not row.why]
    steps = any(row.kind == "step" for row in ready)
    context = {
        "rail": rail(request),
        "rows": rows,
        "ready": ready,
        "steps": steps,
        "opinion": request.POST.get("opinion", ""),
        "words": queries.opinions(by=actor, act=Act.REVIEW.value) if steps else (),
        "fault": fault,
        "colleagues": colleagues(rows),
    }
    return render(request, "desk/inbox/batch.html", context, status=422 if fault else 200)


def _result(request: HttpRequest, done: Sequence[Done]) -> HttpResponse:
    well = sum(not one.refusal for one in done)
    context = {"rail": rail(request), "done": done, "well": well, "handed": "hand" in request.POST}
    return render(request, "desk/inbox/batch_done.html", context)


def colleagues(rows: Sequence[Picked]) -> tuple[tuple[str, str], ...]:
    """Who could take every one of these tasks, by name."""
    able = [set(row.able) for row in rows if row.able is not None]
    return tuple(sorted(set.intersection(*able), key=lambda one: one[1])) if able else ()


def hand(row: Picked, given: QueryDict, *, by: Actor, at: datetime) -> str:
    """移交 one row to a colleague; the refusal in words, "" where it was done."""
    to, reason = given.get("to", ""), given.get("reason", "").strip()
    return _refusal(
        lambda: commands.hand_over(row.number, by=by, at=at, task=row.task, to=to, reason=reason, version=row.version)
    )


def look_up(key: str, *, by: Actor, at: datetime, asking: bool) -> Picked:
    """A ticked row as it stands now; ``asking``: also who could take it over."""
    number, _, rest = key.replace("\0", "").partition("|")
    task_key, _, version = rest.partition("|")
    picked = Picked(key, number, task_key, int(version) if version.isdecimal() and len(version) < 10 else 0)
    try:
        page = queries.case_page(number, by=by, on=local_date(at))
    except NotFound as fault:
        return Picked(key, number, task_key, 0, why=fault.message)
    task = next((task for task in page.tasks if task.key == task_key), None)
    return replace(
        picked,
        what=_what(task, page),
        item=page.case.item_name,
        name=listed_name(page.case),
        why=_why_not(page, task, by=by),
        basis=cited(page.item.basis[0]) if task and task.act is Act.DECIDE and page.item.basis else "",
        able=_able(page, task, by=by, on=local_date(at)) if asking else None,
    )


def _able(page: CasePage, task: Task | None, *, by: Actor, on: date) -> tuple[tuple[str, str], ...] | None:
    if task is None or not queries.may(page.case, task.act, by=by, owner=task.key):
        return None
    return tuple((one.ref, one.name) for one in queries.receivers(page.case, task, on=on) if one.ref != by.ref)


def _what(task: Task | None, page: CasePage) -> str:
    if task is None:
        return ""
    if task.act is Act.DECIDE:
        return _("签发决定：%(grant)s") % {"grant": word_for_grant(page.item)}
    named = {ACCEPTANCE: _("受理，发受理通知书"), DELIVERY: _("登记窗口送达")}
    return named.get(task.key, _("%(task)s：通过") % {"task": task.name})


def _why_not(page: CasePage, task: Task | None, *, by: Actor) -> str:
    if task is None:
        return _("这一步已经没有待办，可能刚被别人办完。")
    if not queries.may(page.case, task.act, by=by, owner=task.key):
        return _("您没有办理这一步的权限。")
    step = next((step for step in page.steps if step.key == task.key), None)
    if step and step.kind is StepKind.UPWARD:
        return _("报上级决定要逐件写明初审意见，不能批量。")
    if step and step.kind is StepKind.CHILD:
        return _("一件事的材料意见和联合踏勘要逐件办，不能批量。")
    return _("现场核查要逐件写明核查人员，不能批量。") if step and step.officers > 1 else ""


def do(row: Picked, *, opinion: str, receiver: str, by: Actor, at: datetime) -> str:
    """Do one row in its own transaction; the refusal in words, "" where it was done."""
    number, version, words = row.number, row.version, row.words or opinion
    acts: dict[str, Callable[[], object]] = {
        ACCEPTANCE: lambda: commands.accept(number, by=by, at=at, version=version),
        DELIVERY: lambda: commands.deliver(
            number, by=by, at=at, method=Delivery.WINDOW, receiver=receiver, version=version
        ),
        "decision": lambda: commands.decide(
            number, by=by, at=at, outcome=Outcome.GRANTED, reasons=row.words, article=row.basis, version=version
        ),
        "step": lambda: commands.complete_step(
            number, by=by, at=at, step=row.task, verdict=Verdict.PASSED, opinion=words, version=version
        ),
    }
    return _refusal(acts[row.kind])


def _refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except (Invalid, Refused) as fault:
        return told(fault)
    except (Conflict, Forbidden, NotFound) as fault:
        return fault.message
    return ""
