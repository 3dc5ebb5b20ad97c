"""事项: public, for everyone to read."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from onedoor.items import queries as items
from onedoor.items.rules import encode

router = Router(tags=["事项"])


class ItemLine(Schema):
    """One item in a list."""

    code: str
    name: str
    organ: str
    organ_name: str
    area: str
    summary: str


class ItemList(Schema):
    """How many items there are in all, and those of this page."""

    count: int
    items: list[ItemLine]


@router.get("/items", response=ItemList, summary="事项目录")
def listing(
    request: HttpRequest, *, q: str = "", organ: str = "", limit: int = 50, offset: int = 0
) -> dict[str, object]:
    """The catalogue, or the items that fit ``q``, best first."""
    limit, offset = max(0, min(limit, 200)), max(0, offset)
    if q:
        wanted = {hit.document.id: place for place, hit in enumerate(items.search(q[:100], limit=200).hits)}
        lines = sorted((line for line in items.catalogue() if line.id in wanted), key=lambda line: wanted[line.id])
    else:
        lines = list(items.catalogue(items.Filters(organ=organ)))
    return {"count": len(lines), "items": lines[offset : offset + limit]}


@router.get("/items/{code}", summary="办事指南")
def detail(request: HttpRequest, code: str) -> dict[str, object]:
    """One item, complete: everything that 行政许可法 §30 wants published."""
    version = items.published(code)
    return {"code": version.code, "version": version.number, "digest": version.digest, "item": encode(version)}
