"""上传的表格和样表: what an organ puts in place of the papers made from its list, and how officers open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.desk.catalogue.sheet import work_of
from onedoor.desk.editors import editors_only
from onedoor.desk.fields.shape import get, part_at, read_place, write_place
from onedoor.desk.frame import actor_of
from onedoor.items import commands, queries
from onedoor.items.rules.uploads import Upload
from onedoor.kernel.errors import FieldError, Invalid, NotFound
from onedoor.ui.files import served

if TYPE_CHECKING:
    from django.http import FileResponse, HttpRequest

    from onedoor.desk.catalogue.sheet import Work
    from onedoor.kernel.tree import Path

FILE = "file"


@dataclass(frozen=True, slots=True)
class Shown:
    """One upload as a page names it: of which material, what it is, where it opens."""

    material: str
    name: str
    place: str


def is_upload(path: Path) -> bool:
    """Whether a file stands at a place."""
    return bool(path) and part_at(path).hint is Upload


def held_at(path: Path, work: Work) -> Upload | None:
    """The file that stands at a place now."""
    node = get(work.tree, path)
    return Upload(node["name"], node["sm3"]) if node else None


def uploads(work: Work) -> tuple[Shown, ...]:
    """Every upload of a draft, for whoever reviews it."""
    rows = get(work.tree, ("materials",), []) or []
    places = [("materials", n, field) for n in range(len(rows)) for field in ("blank_file", "sample_file")]
    return tuple(
        Shown(str(get(work.tree, path[:2])["name"]), held.name, write_place(path))
        for path in places
        if (held := held_at(path, work))
    )


def taken() -> dict[str, object]:
    """What the page says of the files that are taken."""
    held = settings.VAULT
    return {"accept": ",".join(f".{kind}" for kind in held["accepts"]), "limit": held["max_bytes"]}


def sent(request: HttpRequest) -> commands.Sheet:
    """The posted file. Invalid where none was chosen."""
    found = request.FILES.get(FILE)
    if found is None:
        raise Invalid([FieldError(FILE, _("请先选一个文件，再点“上传”。"))])
    return commands.Sheet(found.name or _("表格"), cast("BinaryIO", found))


@require_safe
@editors_only
def paper(request: HttpRequest, draft: int, place: str) -> FileResponse:
    """An uploaded file of a draft, opened. 404 where none stands there."""
    path, work = read_place(place), work_of(queries.draft(draft, by=actor_of(request)), on=timezone.localdate())
    held = held_at(path, work) if is_upload(path) else None
    if held is None:
        raise NotFound(_("这里没有上传文件。"))
    stored, content = queries.open_upload(held)
    return served(stored, content)
