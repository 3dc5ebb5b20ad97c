"""看材料: the application's files beside the act, page by page; that a file was opened is a fact of the case."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.cases import commands, queries
from onedoor.cases.rules.tasks import target_of
from onedoor.desk.frame import actor_of, staff_only
from onedoor.desk.review import pictures
from onedoor.desk.review.drawing import drawn
from onedoor.desk.review.photos import photo_rows
from onedoor.desk.review.upward import paper_rows
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound
from onedoor.ui import cases as parts
from onedoor.ui.parts import size_text
from onedoor.vault import queries as vault
from onedoor.vault.queries import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from onedoor.ui.cases import MaterialRow


@require_safe
@staff_only
def look(request: HttpRequest, number: str, *, material: str, file: str) -> HttpResponse:
    """One file page by page, thumbnails beside it, the acts still on the right."""
    actor, now = actor_of(request), timezone.now()
    if request.method == "GET":
        commands.open_material(number, by=actor, at=now, material=material, file=file)
    page = queries.case_page(number, by=actor, on=local_date(now))
    if file not in page.case.files.get(material, ()):
        raise NotFound(_("没有这份材料。"))
    rows = (*parts.material_rows(page), *photo_rows(page), *paper_rows(page))
    place = Place(f"case:{page.case.id}", target_of(page.case))
    stored, content = vault.open_file(file, by=actor, place=place)
    total, trouble = pictures.looked_at(content, stored.media_type)
    context = {
        "material": material,
        "file": file,
        "name": next((row.name for row in rows if row.key == material), material),
        "stored": stored,
        "size": size_text(stored.size),
        "sheets": [(n, reverse("desk:picture", args=[number, material, file, n])) for n in range(1, total + 1)],
        "sheet": min(_wanted(request), max(1, total)),
        "trouble": trouble,
        **_around(rows, material, file),
    }
    return render(request, "desk/review/look.html", drawn(request, page) | context)


@require_safe
@staff_only
def picture(request: HttpRequest, number: str, **which: str | int) -> HttpResponse:
    """One page of a file as a picture."""
    actor, material, file = actor_of(request), str(which["material"]), str(which["file"])
    page = queries.case_page(number, by=actor, on=local_date(timezone.now()))
    if file not in page.case.files.get(material, ()):
        raise NotFound(_("没有这份材料。"))
    stored, content = vault.open_file(file, by=actor, place=Place(f"case:{page.case.id}", target_of(page.case)))
    sheet = pictures.Sheet(int(which["sheet"]), small="small" in request.GET)
    with closing(content):
        drawn_ = pictures.picture(content, stored.media_type, sheet)
    return HttpResponse(drawn_, content_type="image/png")


def _wanted(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 4 else 1


def _around(rows: Iterable[MaterialRow], material: str, file: str) -> dict[str, tuple[str, str] | None]:
    """The file before and the file after, through all materials and photos."""
    order = [(row.key, each) for row in rows for each in row.files]
    place = order.index((material, file)) if (material, file) in order else 0
    return {
        "before": order[place - 1] if place > 0 else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
