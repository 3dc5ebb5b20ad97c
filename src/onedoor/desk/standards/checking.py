"""检查: the state of the catalogue by organ and rule, its findings, and files of them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.desk.director.files import as_csv
from onedoor.desk.director.tables import Cell, Table, words
from onedoor.desk.frame import actor_of
from onedoor.desk.standards.door import asked, item_address, page, standards_only
from onedoor.desk.standards.words import SEVERITIES, organs, where
from onedoor.items import queries
from onedoor.items.rules.lint import RULES, Finding, Located, Severity, sarif
from onedoor.kernel.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.http import HttpRequest
    from django_stubs_ext import StrOrPromise

    from onedoor.items.rules import Item
    from onedoor.items.rules.lint import Report
    from onedoor.kernel.actor import Actor
    from onedoor.ui.parts import Tone

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address narrows the findings to; "" = not narrowed."""

    organ: str
    rule: str
    severity: str

    @property
    def query(self) -> str:
        """The same in an address."""
        return urlencode({name: value for name, value in asdict(self).items() if value})


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words; ``organs``: everybody whose list of the item has it."""

    finding: Finding
    item: Item
    href: str
    field: str
    organs: str

    @property
    def title(self) -> str:
        """What the rule demands."""
        return RULES[self.finding.rule].title

    @property
    def tag(self) -> tuple[StrOrPromise, Tone]:
        """How grave."""
        return SEVERITIES[self.finding.severity]


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule and how many lists break it."""

    name: str
    title: str
    basis: str
    lists: int
    tag: tuple[StrOrPromise, Tone]


@require_safe
@standards_only
def overview(request: HttpRequest) -> HttpResponse:
    """By organ: lists, errors, warnings and the index; by rule: how many lists break it."""
    report = queries.checked(on=timezone.localdate())
    lists = len(report.items)
    context = {
        "report": report,
        "lists": lists,
        "clean": sum(not line.findings for line in report.items),
        "errors": sum(line.errors for line in report.items),
        "warnings": sum(line.warnings for line in report.items),
        "index": f"{sum(line.score for line in report.items) / lists:.1f}" if lists else "",
        "broken": _broken(report),
        "rules": len(RULES),
    }
    return page(request, "overview", context, tab="check")


def _broken(report: Report) -> list[Broken]:
    lists = Counter(name for line in report.items for name in {f.rule for f in line.findings})
    worst = {f.rule: f.severity for line in report.items for f in line.findings if f.severity is Severity.ERROR}
    return [
        Broken(name, RULES[name].title, RULES[name].basis, number, SEVERITIES[worst.get(name, Severity.WARNING)])
        for name, number in lists.most_common()
    ]


@require_safe
@standards_only
def findings(request: HttpRequest) -> HttpResponse:
    """The findings, narrowed by organ, rule and severity: two clicks from a number to its item."""
    by, wanted = actor_of(request), _asked(request)
    report = queries.checked(on=timezone.localdate())
    told = list(_told(report, wanted, by))
    context = {
        "page": Paginator(told, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(told),
        "asked": wanted,
        "organs": sorted({(one.organ, one.organ_name) for one in report.organs}, key=lambda pair: pair[1]),
        "rules": [(name, RULES[name].title) for name in dict.fromkeys(_names(report))],
        "severities": [(key, word) for key, (word, _tone) in SEVERITIES.items()],
    }
    return page(request, "findings", context, tab="check")


def _names(report: Report) -> Iterator[str]:
    return (one.rule for line in report.items for one in line.findings)


def _asked(request: HttpRequest) -> Asked:
    return Asked(*(asked(request, name) for name in ("organ", "rule", "severity")))


def _rows(report: Report, wanted: Asked) -> Iterator[tuple[Item, Finding]]:
    for line in report.items:
        if wanted.organ in ("", line.item.organ):
            for one in line.findings:
                if wanted.rule in ("", one.rule) and wanted.severity in ("", one.severity):
                    yield line.item, one


def _told(report: Report, wanted: Asked, by: Actor) -> Iterator[Told]:
    """The same finding of the same item of many organs is one line; errors first."""
    grouped: dict[tuple[object, ...], list[tuple[Item, Finding]]] = {}
    for item, one in _rows(report, wanted):
        grouped.setdefault((item.family, one.rule, one.path, one.message), []).append((item, one))
    for same in sorted(grouped.values(), key=lambda rows: rows[0][1].severity is not Severity.ERROR):
        item, one = same[0]
        names = [each.organ_name for each, _finding in same]
        field = where(item, one.path)
        yield Told(one, item, item_address(by, item.code), field, organs(names))


@require_safe
@standards_only
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The findings as a file: nothing that the page does not show, each list for itself."""
    if form not in FORMS:
        raise NotFound(_("没有这种文件。"))
    today = timezone.localdate()
    rows = list(_rows(queries.checked(on=today), _asked(request)))
    mime, write = FORMS[form]
    headers = {"Content-Disposition": f'attachment; filename="onedoor-check-{today:%Y%m%d}.{form}"'}
    return HttpResponse(write(rows), content_type=mime, headers=headers)


Rows = list[tuple["Item", Finding]]


def _located(rows: Rows) -> Iterable[Located]:
    """A published list stands in the file that an export of the catalogue would write."""
    for item, one in rows:
        file = f"{item.code}.yaml"
        yield Located(file, 1, one.field, one.rule, one.severity, one.message, one.basis, one.remedy)


def _as_sarif(rows: Rows) -> bytes:
    return json.dumps(sarif(list(_located(rows))), ensure_ascii=False, indent=1).encode()


def _as_json(rows: Rows) -> bytes:
    found = [
        {"code": item.code, "name": item.name, "organ": item.organ, "organ_name": item.organ_name, **asdict(located)}
        for (item, _finding), located in zip(rows, _located(rows), strict=True)
    ]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _as_csv(rows: Rows) -> bytes:
    heads = (
        *(_("机关"), _("事项"), _("业务办理项编码"), _("程度"), _("规则"), _("字段")),
        *(_("问题"), _("怎么改"), _("依据")),
    )
    return as_csv(Table("check", _("检查结果"), heads, tuple(_line(item, one) for item, one in rows)))


def _line(item: Item, one: Finding) -> tuple[Cell, ...]:
    field = where(item, one.path)
    told = (item.organ_name, item.name, item.code, str(SEVERITIES[one.severity][0]), one.rule, field, one.message)
    return tuple(words(text) for text in (*told, one.remedy, one.basis))


FORMS: Final[dict[str, tuple[str, Callable[[Rows], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", _as_csv),
    "json": ("application/json; charset=utf-8", _as_json),
    "sarif": ("application/sarif+json; charset=utf-8", _as_sarif),
}
