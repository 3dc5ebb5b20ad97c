"""意见模板: an officer keeps words of one's own; whoever decides for an organ keeps them for all its officers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from onedoor.cases import commands, queries
from onedoor.cases.queries import Words
from onedoor.desk.frame import actor_of, rail, staff_only, told
from onedoor.desk.inbox.asking import organ_name
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from onedoor.kernel.actor import Actor

ACTS = {
    Act.REVIEW: gettext_lazy("审查意见"),
    Act.DECIDE: gettext_lazy("决定理由"),
    Act.NOTIFY: gettext_lazy("补正说明"),
    Act.REFUSE: gettext_lazy("不予受理理由"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def words(request: HttpRequest) -> HttpResponse:
    """The list of templates, and the form that adds or overwrites one."""
    actor = actor_of(request)
    if request.method == "POST":
        try:
            _change(request.POST, by=actor)
        except (Invalid, Refused) as fault:
            return _page(request, actor, error=told(fault), status=422)
        except (Forbidden, NotFound) as fault:
            return _page(request, actor, error=fault.message, status=422)
        messages.success(request, gettext("已保存。"))
        return redirect("desk:words")
    return _page(request, actor)


def _page(request: HttpRequest, actor: Actor, *, error: str = "", status: int = 200) -> HttpResponse:
    led = queries.led_by(actor)
    held = [
        {
            "words": each,
            "act": ACTS.get(Act(each.act), each.act),
            "mine": not each.organ or each.organ in led,
            "organ": organ_name(each.organ) if each.organ else "",
        }
        for each in queries.opinions(by=actor)
    ]
    context = {
        "rail": rail(request),
        "held": held,
        "acts": [(act.value, name) for act, name in ACTS.items()],
        "items": queries.searchable_items(by=actor),
        "led": [(code, organ_name(code)) for code in sorted(led)],
        "typed": defaultdict(str, request.POST.dict()),
        "error": error,
    }
    return render(request, "desk/inbox/words.html", context, status=status)


def _change(data: QueryDict, *, by: Actor) -> None:
    now, drop = timezone.now(), data.get("drop", "")
    if drop.isdecimal() and len(drop) < 18:
        commands.drop_opinion(int(drop), by=by, at=now)
        return
    given = Words(
        id=0,
        act=data.get("act", ""),
        item=data.get("item", "")[:40].replace("\0", ""),
        organ=data.get("organ", "")[:18].replace("\0", ""),
        name=data.get("name", ""),
        text=data.get("text", ""),
    )
    commands.save_opinion(given, by=by, at=now)
