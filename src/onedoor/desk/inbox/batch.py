"""批量办理: what was ticked is listed one by one, confirmed once, done one case a transaction.

受理, a review step that passes, and 送达 at the window may go together: each is the same act on the same grounds, and
the officer has each case's line before them. A decision is the discretion of one case (行政许可法 §38: reasons for
each) and is never among them; nor is a check on site, which names its officers (§34), nor any refusal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from onedoor.cases import commands, queries
from onedoor.cases.rules.tasks import ACCEPTANCE, DELIVERY
from onedoor.cases.rules.values import Delivery, Verdict
from onedoor.desk.frame import actor_of, rail, staff_only, told
from onedoor.desk.inbox.rows import listed_name
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.plan import StepKind

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

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
    rows = tuple(look_up(key, by=actor, at=now) for key in keys)
    context: dict[str, object] = {"rail": rail(request), "rows": rows}
    ready = [row for row in rows if not row.why]
    opinion = request.POST.get("opinion", "").strip()
    steps = any(row.task not in {ACCEPTANCE, DELIVERY} for row in ready)
    if "sure" not in request.POST or (steps and not opinion):
        words = queries.opinions(by=actor, act=Act.REVIEW.value) if steps else ()
        told_why = _("请写明理由与依据，会写进每一件。") if "sure" in request.POST else ""
        return render(
            request,
            "desk/inbox/batch.html",
            context | {"ready": ready, "steps": steps, "words": words, "fault": told_why},
            status=422 if told_why else 200,
        )
    receivers = {row.key: request.POST.get(f"receiver.{row.key}", "").strip() for row in ready}
    done = [Done(row, do(row, opinion=opinion, receiver=receivers[row.key], by=actor, at=now)) for row in ready]
    done += [Done(row, row.why) for row in rows if row.why]
    context |= {"done": done, "well": sum(not one.refusal for one in done)}
    return render(request, "desk/inbox/batch_done.html", context)


def look_up(key: str, *, by: Actor, at: datetime) -> Picked:
    """A ticked row as it stands now."""
    number, _, rest = key.replace("\0", "").partition("|")
    task_key, _, version = rest.partition("|")
    picked = Picked(key, number, task_key, int(version) if version.isdecimal() and len(version) < 10 else 0)
    try:
        page = queries.case_page(number, by=by, on=local_date(at))
    except NotFound as fault:
        return Picked(key, number, task_key, 0, why=fault.message)
    task = next((task for task in page.tasks if task.key == task_key), None)
    return Picked(
        key,
        number,
        task_key,
        picked.version,
        what=_what(task),
        item=page.case.item_name,
        name=listed_name(page.case),
        why=_why_not(page, task, by=by),
    )


def _what(task: Task | None) -> str:
    if task is None:
        return ""
    named = {ACCEPTANCE: _("受理，发受理通知书"), DELIVERY: _("登记窗口送达")}
    return named.get(task.key, _("%(task)s：通过") % {"task": task.name})


def _why_not(page: CasePage, task: Task | None, *, by: Actor) -> str:
    if task is None:
        return _("这一步已经没有待办，可能刚被别人办完。")
    if not queries.may(page.case, task.act, by=by, owner=task.key):
        return _("您没有办理这一步的权限。")
    if task.act is Act.DECIDE:
        return _("决定要逐件作出并写明理由，不能批量。")
    step = next((step for step in page.steps if step.key == task.key), None)
    if step and step.kind is StepKind.CHILD:
        return _("一件事的材料意见和联合踏勘要逐件办，不能批量。")
    return _("现场核查要逐件写明核查人员，不能批量。") if step and step.officers > 1 else ""


def do(row: Picked, *, opinion: str, receiver: str, by: Actor, at: datetime) -> str:
    """Do one row in its own transaction; the refusal in words, "" where it was done."""
    try:
        if row.task == ACCEPTANCE:
            commands.accept(row.number, by=by, at=at, version=row.version)
        elif row.task == DELIVERY:
            commands.deliver(row.number, by=by, at=at, method=Delivery.WINDOW, receiver=receiver, version=row.version)
        else:
            commands.complete_step(
                row.number,
                by=by,
                at=at,
                step=row.task,
                verdict=Verdict.PASSED,
                opinion=opinion,
                version=row.version,
            )
    except (Invalid, Refused) as fault:
        return told(fault)
    except (Conflict, Forbidden, NotFound) as fault:
        return fault.message
    return ""
