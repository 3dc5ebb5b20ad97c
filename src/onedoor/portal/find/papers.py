"""Forms and samples as PDF (行政许可法 §§29, 30): made from the item, so that whatever the guide names opens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.areas import queries as areas
from onedoor.documents import queries as documents
from onedoor.documents import rules as made
from onedoor.items import queries
from onedoor.items.rules import ResultKind, paper
from onedoor.kernel.errors import NotFound
from onedoor.licences import rules as licences
from onedoor.licences.queries import face as licence_face
from onedoor.ui.files import served

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from onedoor.items.rules import ItemVersion, Material

HOUR = 3600
KEPT = 256  # a version never changes, so what is made of it may be kept
RESULT = "result"
PDF = "PDF"  # what is made here
NOBODY = "张小满"  # the invented person of all samples


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that the guide offers: its name, the addresses of the blank and of the filled sample, their kinds."""

    name: str
    blank: str
    sample: str
    blank_format: str = PDF
    sample_format: str = PDF


def papers(item: ItemVersion) -> dict[str, Paper]:
    """All papers of an item by their keys, the application form first."""
    return {key: _paper(item, key, name) for key, name in paper.papers_of(item)}


def _paper(item: ItemVersion, key: str, name: str) -> Paper:
    blank, sample = paper.uploaded(item, key), paper.uploaded(item, key, sample=True)
    return Paper(
        name,
        reverse("portal:paper_file", args=[item.code, key, "blank"]) if blank else _address(item.code, key, "blank"),
        reverse("portal:paper_file", args=[item.code, key, "sample"]) if sample else _address(item.code, key, "sample"),
        blank.format if blank else PDF,
        sample.format if sample else PDF,
    )


def result_sample(item: ItemVersion) -> str:
    """The address of what the result will look like; "" where it is no licence."""
    return _address(item.code, RESULT, "sample") if item.result.kind is ResultKind.LICENCE else ""


def _address(code: str, key: str, form: str) -> str:
    return reverse(f"portal:paper_{form}", args=[code, key])


@require_safe
def pdf(request: HttpRequest, *, code: str, key: str, form: str) -> HttpResponse:
    """One paper, blank or as a sample. 404 for anything that the item does not have."""
    item = queries.published(code)
    content = _printed(item.id, key, form == "sample")
    if content is None:
        raise NotFound(_("这个事项没有这份表格。请从办事指南里打开。"))
    headers = {"Content-Disposition": f'inline; filename="{key}-{form}.pdf"', "Cache-Control": f"max-age={HOUR}"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def file(request: HttpRequest, *, code: str, key: str, form: str) -> HttpResponseBase:
    """A paper that the organ uploaded. 404 for anything that the offered version does not name."""
    upload = paper.uploaded(queries.published(code), key, sample=form == "sample")
    if upload is None or form not in ("blank", "sample"):
        raise NotFound(_("这个事项没有这份表格。请从办事指南里打开。"))
    stored, content = queries.open_upload(upload)
    answer = served(stored, content)
    answer["Cache-Control"] = f"max-age={HOUR}"
    return answer


@lru_cache(maxsize=KEPT)
def _printed(version: int, key: str, sample: bool) -> bytes | None:  # a key of the cache
    document = _document(queries.version(version), key, sample=sample)
    return documents.document(document, gaps=made.Gaps.NOTE) if document else None


def _document(item: ItemVersion, key: str, *, sample: bool) -> made.Document | None:
    if key == RESULT:
        return licence_sample(item) if sample and item.result.kind is ResultKind.LICENCE else None
    if key == paper.OWN_FORM and item.form.pages:
        return replace(paper.own_form(item, writer=writer(item) if sample else None), demo=settings.DEMO)
    material = _material(item, key)
    if material is None:
        return None
    return replace(paper.other_paper(item, material, queries.stationery(), sample=sample), demo=settings.DEMO)


def _material(item: ItemVersion, key: str) -> Material | None:
    return next((material for material in item.materials if key and paper.paper_key(material) == key), None)


def writer(item: ItemVersion) -> paper.Writer:
    """Who fills in the samples of an item: always alike, so that the same version gives the same bytes."""
    village = next((d.code for d in areas.divisions(within=item.area) if len(d.code.rstrip("0")) > 9), item.area)
    return paper.Writer(queries.stationery(), item.effective_from, village, partial(areas.path, between=""))


def licence_sample(item: ItemVersion) -> made.LicenceFace:
    """证照样本: the very face that will be issued, marked as a sample."""
    by = writer(item)
    answers = paper.sample_answers(item, writer=by)
    named = (q.key for q in item.form.questions if q.prefill.endswith(".name") and q.key in answers)
    holder = next((str(answers[key]) for key in named), NOBODY)
    found = licences.lines(licences.Told(item, answers, by.place), table=licence_face(), holder=holder)
    until = licences.valid_until(item.effective_from, item.result.months)
    return made.LicenceFace(
        name=item.result.name,
        number="样本",
        identifier="样本",
        holder=holder,
        fields=found or (made.Field(label="事项", value=item.name),),
        issuer=item.organ_name,
        issued_on=item.effective_from,
        validity=licences.validity(item.effective_from, until, item.result.validity),
        verify_url=f"{settings.SITE_URL}/verify/",
        verify_page=f"{settings.SITE_URL}/verify/",
        verify_code="样本",
        basis=str(item.result.by_law or ""),
        demo=True,
    )
