"""比较: one item at every organ beside the standard above, and beside another county's file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.desk.fields.saying import name_of
from onedoor.desk.frame import actor_of
from onedoor.desk.standards.door import asked, item_address, page, standards_only
from onedoor.desk.standards.words import MARKS, PARTS, organs, said
from onedoor.items import queries
from onedoor.items.rules import BadFile, read
from onedoor.items.rules.comparison import Comparison, Mark, Part
from onedoor.items.rules.facts import labels_of
from onedoor.kernel.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from onedoor.items.rules import Item
    from onedoor.items.rules.comparison import Column, Held, Line
    from onedoor.kernel.actor import Actor
    from onedoor.ui.parts import Tone

PER_PAGE: Final = 50
LARGEST: Final = 512 * 1024  # bytes of one item's file; the longest of the sample county has a fortieth of it


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    name: str
    names: tuple[str, ...]
    href: str
    standard: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell in words: what the list says, who sets it, and how it stands to the standard.

    ``alike``: how many lines of it are left out, because every list says them.
    """

    whose: str
    text: str
    origin: str
    tag: tuple[StrOrPromise, Tone] | None
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One field of all lists."""

    label: str
    why: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one part of an item."""

    name: StrOrPromise
    rows: tuple[Row, ...]


@require_safe
@standards_only
def families(request: HttpRequest) -> HttpResponse:
    """Every item, those of most organs first, to choose one to compare."""
    word = asked(request, "q")
    found = [one for one in queries.families() if any(word in name for name in one.names)]
    context = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "count": len(found), "q": word}
    return page(request, "families", context, tab="compare")


@require_http_methods(["GET", "HEAD", "POST"])
@standards_only
def compare(request: HttpRequest, family: str) -> HttpResponse:
    """One item side by side. A file that is sent is only read and shown, nothing of it is kept."""
    today, everything = timezone.localdate(), asked(request, "all") == "1"
    errors: list[FieldError] = []
    theirs: list[tuple[str, Item]] = []
    found = queries.beside(family, on=today)
    if request.method == "POST":
        theirs, errors = _sent(request, family)
        found = queries.beside(family, on=today, others=theirs) if theirs else found
    words = _labels(found, [item for _name, item in theirs])
    context = {
        "family": family,
        "name": next(one.cells["name",] for one in found.columns if ("name",) in one.cells),
        "heads": [_head(one, actor_of(request)) for one in found.columns],
        "blocks": blocks(found, words, everything=everything),
        "differing": len(found.differing),
        "all": len(found.lines),
        "everything": everything,
        "standard": any(one.standard for one in found.columns),
        "errors": errors,
        "theirs": theirs,
    }
    return page(request, "compare", context, tab="compare", status=422 if errors else 200)


def _sent(request: HttpRequest, family: str) -> tuple[list[tuple[str, Item]], list[FieldError]]:
    """Another county's list of the item, under a name that cannot be mistaken for one of ours."""
    file = request.FILES.get("file")
    if file is None or not file.size:
        return [], [FieldError("file", _("请选择一个 .yaml 事项文件。"))]
    if file.size > LARGEST:
        return [], [FieldError("file", _("文件太大：一个事项文件不超过 512 KB。"))]
    try:
        item = read(file.read(), file=file.name or "").item
    except BadFile as bad:
        return [], [FieldError("file", str(fault)) for fault in bad.faults[:20]]
    if item.family != family:
        wrong = {"name": item.name, "family": item.family}
        return [], [FieldError("file", _("这份文件是“%(name)s”（%(family)s），不是这个事项。") % wrong)]
    return [(_("来自文件：%(organ)s") % {"organ": item.organ_name}, item)], []


def _labels(found: Comparison, others: Sequence[Item]) -> dict[str, str]:
    """The words for facts of all lists shown."""
    codes = {one.code for one in found.columns if one.code}
    ours = [queries.version(line.id) for line in queries.catalogue() if line.code in codes]
    return {fact: word for item in (*others, *ours) for fact, word in labels_of(item).items()}


def _head(one: Column, by: Actor) -> Head:
    ours = any(line.code == one.code for line in queries.catalogue())
    href = item_address(by, one.code) if ours else ""
    return Head(organs(one.names), one.names if len(one.names) > 2 else (), href, one.standard)


def blocks(found: Comparison, words: Mapping[str, str], *, everything: bool = False) -> list[Block]:
    """The fields in words, part by part; only those that differ unless everything is asked for."""
    lines = found.lines if everything else found.differing
    table = [(part, [_row(line, found, words) for line in lines if line.part is part]) for part in Part]
    table = table if everything else [(part, [_shortened(row) for row in rows]) for part, rows in table]
    return [Block(PARTS[part], tuple(rows)) for part, rows in table if rows]


def _shortened(row: Row) -> Row:
    """Of values with many lines only those that not all lists say."""
    said_by = [cell.text.split("\n") for cell in row.cells]
    common = set(said_by[0]).intersection(*said_by[1:])
    kept = [[line for line in lines if line not in common] for lines in said_by]
    cells = zip(row.cells, said_by, kept, strict=True)
    shown = (replace(cell, text="\n".join(few), alike=len(all_) - len(few)) for cell, all_, few in cells)
    return replace(row, cells=tuple(shown))


def _row(line: Line, found: Comparison, words: Mapping[str, str]) -> Row:
    pairs = zip(found.columns, line.held, strict=True)
    return Row(_label(line), line.why, tuple(_shown(line, one, held=held, words=words) for one, held in pairs))


def _label(line: Line) -> str:
    """A part of a field that the table of fields names only as a whole goes by its own name too."""
    table = queries.policies()
    if len(line.path) < 2 or line.path in table.fields or line.path[0] in table.rows:
        return line.label
    return _("%(field)s：%(part)s") % {"field": line.label, "part": name_of(line.path)}


def _shown(line: Line, one: Column, *, held: Held, words: Mapping[str, str]) -> Shown:
    whose = organs(one.names)
    if not held.stated:
        return Shown(whose, _("没有规定") if one.standard else "", "", MARKS[held.mark] if not one.standard else None)
    text = said(line.path, held.value, words)
    origin = "" if held.origin in one.names and not one.standard else held.origin
    return Shown(whose, text, origin, MARKS[held.mark] if held.mark is not Mark.SAME else None)
