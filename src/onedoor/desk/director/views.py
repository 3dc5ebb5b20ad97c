"""督查: figures by organ, adoption, the hall, authorisations, and the cases behind each number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.desk.director import tables
from onedoor.desk.director.charts import over_time
from onedoor.desk.director.files import as_csv, as_xlsx
from onedoor.desk.frame import actor_of, rail, staff_only
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs
from onedoor.supervision import queries
from onedoor.supervision.rules import ACTS, MEASURE_NAMES, PERIOD_NAMES, Measure, Period, span_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.kernel.actor import Actor
    from onedoor.supervision.rules import Figures

Spans = Mapping[Period, "Sequence[Figures]"]
MOST_ROWS: Final = 5000  # of one file: what a spreadsheet and its reader can bear
FORMS: Final[dict[str, tuple[str, Callable[[tables.Table], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    by: Actor
    today: date
    period: Period
    measure: str
    organ: str
    page: int

    @property
    def span(self) -> tuple[date, date]:
        """The days that are summed up."""
        return span_of(self.period, self.today)

    @property
    def beside(self) -> Period:
        """The period that carries shares and times: a single day is too short for them."""
        return Period.LATELY if self.period is Period.TODAY else self.period

    @property
    def longer(self) -> tuple[date, date]:
        """The days of the period beside."""
        return span_of(self.beside, self.today)

    @property
    def names(self) -> dict[str, str]:
        """The short names of the organs overseen."""
        return dict(queries.organs_of(self.by, self.today))

    def address(self, **changes: object) -> str:
        """The same question with something else asked."""
        asked = {"period": self.period, "measure": self.measure, "organ": self.organ} | changes
        return urlencode({name: value for name, value in asked.items() if value})


@require_safe
@staff_only
def overview(request: HttpRequest) -> HttpResponse:
    """Today by organ with the last thirty days beside it, or another period; adoption below."""
    asked = _asked(request)
    spans = _spans(asked)
    counted = [any(each.counts for each in spans[period]) for period in (asked.period, asked.beside)]
    lacking = (_hall(asked), _authorised(asked), _relays(asked))
    context = {
        "tables": (_figures(asked, spans), _faults(asked, spans), _adoption(asked, spans)),
        "chart": over_time(queries.days(by=asked.by, span=asked.longer)),
        "longer": PERIOD_NAMES[asked.beside],
        "quiet": counted == [False, True],
        "idle": sum(1 for each in spans[asked.beside] if not each.counts) if any(counted) else 0,
        "lacking": [(each.title, each.key, len(each.rows)) for each in lacking],
        "periods": [(period, PERIOD_NAMES[period], period is asked.period) for period in Period],
        "query": urlencode({"period": asked.period}),
    }
    return _page(request, asked, name="overview", more=context)


@require_safe
@staff_only
def places(request: HttpRequest) -> HttpResponse:
    """Items that should be in the hall and are not; organs without authorisation at the window; late relays."""
    asked = _asked(request)
    shown = (_unstaffed(asked), _hall(asked), _authorised(asked), _relays(asked))
    return _page(request, asked, name="places", more={"tables": shown, "query": ""})


@require_safe
@staff_only
def behind(request: HttpRequest) -> HttpResponse:
    """The cases behind one number."""
    asked = _asked(request)
    found = _behind(asked, start=(asked.page - 1) * queries.PAGE, size=queries.PAGE)
    context = {
        "tables": (tables.cases_table(found),),
        "found": found,
        "title": _title(asked),
        "page": asked.page,
        "query": asked.address(),
        "back": urlencode({"period": asked.period}),
    }
    return _page(request, asked, name="cases", more=context)


@require_safe
@staff_only
def export(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """One table as a file: nothing that the page does not show to the same person."""
    asked = _asked(request)
    if kind not in EXPORTS or form not in FORMS:
        raise NotFound(_("没有这个表。"))
    mime, write = FORMS[form]
    name = f"onedoor-{kind}-{asked.span[0]:%Y%m%d}-{asked.span[1]:%Y%m%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(EXPORTS[kind](asked)), content_type=mime, headers=headers)


def _asked(request: HttpRequest) -> Asked:
    by = actor_of(request)
    queries.require(by)
    period, measure, page = (request.GET.get(name, "") for name in ("period", "measure", "page"))
    return Asked(
        by=by,
        today=local_date(timezone.now()),
        period=Period(period) if period in set(Period) else Period.TODAY,
        measure=measure if measure in {*Measure, tables.ALL_ACTS} else Measure.RECEIVED,
        organ=request.GET.get("organ", "").replace("\0", "")[:18],
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
    )


def _page(request: HttpRequest, asked: Asked, *, name: str, more: Mapping[str, object]) -> HttpResponse:
    context = {"rail": rail(request), "span": asked.span, "period_name": PERIOD_NAMES[asked.period], "tab": name}
    return render(request, f"desk/director/{name}.html", {**context, **more})


def _title(asked: Asked) -> str:
    organ = asked.names.get(asked.organ, _("全部机关"))
    what = _("办理") if asked.measure == tables.ALL_ACTS else MEASURE_NAMES[Measure(asked.measure)]
    return f"{organ} · {PERIOD_NAMES[asked.period]}{what}"


def _behind(asked: Asked, *, start: int, size: int) -> queries.Behind:
    measures = ACTS if asked.measure == tables.ALL_ACTS else (Measure(asked.measure),)
    return queries.behind(by=asked.by, measures=measures, span=asked.span, organ=asked.organ, start=start, size=size)


def _hall(asked: Asked) -> tables.Table:
    return tables.hall_table(queries.outside_hall(by=asked.by, on=asked.today))


def _authorised(asked: Asked) -> tables.Table:
    return tables.authorised_table(queries.authorised(by=asked.by, on=asked.today))


def _unstaffed(asked: Asked) -> tables.Table:
    return tables.unstaffed_table(orgs.unstaffed(asked.names, asked.today), asked.names)


def _relays(asked: Asked) -> tables.Table:
    return tables.relays_table(queries.late_relays(by=asked.by, on=asked.today))


def _spans(asked: Asked) -> Spans:
    return {
        period: queries.figures(by=asked.by, span=span_of(period, asked.today))
        for period in dict.fromkeys((asked.period, asked.beside))
    }


def _figures(asked: Asked, spans: Spans) -> tables.Table:
    return tables.figures_table(spans, asked.names)


def _faults(asked: Asked, spans: Spans) -> tables.Table:
    return tables.faults_table(spans[asked.beside], asked.names, asked.beside)


def _adoption(asked: Asked, spans: Spans) -> tables.Table:
    used = queries.adoption(spans[asked.beside], by=asked.by, span=asked.longer)
    return tables.adoption_table(used, asked.names, asked.beside)


def _cases(asked: Asked) -> tables.Table:
    return tables.cases_table(_behind(asked, start=0, size=MOST_ROWS))


EXPORTS: Final[dict[str, Callable[[Asked], tables.Table]]] = {
    "figures": lambda asked: _figures(asked, _spans(asked)),
    "adoption": lambda asked: _adoption(asked, _spans(asked)),
    "faults": lambda asked: _faults(asked, _spans(asked)),
    "hall": _hall,
    "authorised": _authorised,
    "unstaffed": _unstaffed,
    "relays": _relays,
    "cases": _cases,
}
