"""流程推演 of one item, and its plan as a file for any modeller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onedoor.cases.queries.forecasts import forecast
from onedoor.cases.queries.hindsight import looked_back
from onedoor.cases.rules.allotted import Source
from onedoor.desk.catalogue.sheet import work_of
from onedoor.desk.editors import editors_only
from onedoor.desk.frame import actor_of, rail
from onedoor.desk.whatif.sheet import SOURCES, past, sheet
from onedoor.items import queries
from onedoor.kernel.errors import NotFound
from onedoor.kernel.plan import bpmn_of, problems

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.items.rules import ItemVersion

SEED: Final = 1  # the same figures at every look


@require_safe
@editors_only
def forecasting(request: HttpRequest, code: str) -> HttpResponse:
    """How long it takes by one source of durations (``?durations=``), by the past where nothing is asked."""
    item = _published(code)
    asked = request.GET.get("durations", Source.HISTORY)
    if asked not in set(Source):
        raise Http404
    source = Source(asked)
    found = forecast(item, source, on=timezone.localdate(), seed=SEED, by=actor_of(request))
    context = {
        "rail": rail(request),
        "item": item,
        "sources": [(key.value, name, key is source) for key, name in SOURCES.items()],
        "source": SOURCES[source],
        "past": source is Source.HISTORY,
        "sheet": sheet(item, found),
        **_against(request, item),
    }
    return render(request, "desk/whatif/forecast.html", context)


def _against(request: HttpRequest, item: ItemVersion) -> dict[str, object]:
    """The open draft of this item, and, where it is asked for (``?against=draft``), the past year under it."""
    by, on = actor_of(request), timezone.localdate()
    draft = next((one for one in queries.drafts(by=by) if one.code == item.code), None)
    if draft is None or request.GET.get("against") != "draft":
        return {"draft": draft}
    changed = work_of(draft, on=on).item
    if changed is None or problems(changed.plan):
        return {"draft": draft, "unready": True}
    return {"draft": draft, "past_lines": past(item, changed, looked_back(item, changed, on=on, by=by))}


@require_safe
@editors_only
def bpmn(request: HttpRequest, code: str) -> HttpResponse:
    """The plan as BPMN 2.0."""
    item = _published(code)
    answer = HttpResponse(bpmn_of(item.plan, name=item.name), content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(item.name)}.bpmn"
    return answer


def _published(code: str) -> ItemVersion:
    try:
        return queries.published(code)
    except NotFound as error:
        raise Http404 from error
