"""Change some fields of a draft on one page; what a level above refuses is told at its field, nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from onedoor.desk.catalogue.asking import by_cell, locked, questions, read, told, values
from onedoor.desk.catalogue.conditions import clause_questions, condition_at, with_clause, without_clause
from onedoor.desk.catalogue.drafts import Sent, editable
from onedoor.desk.catalogue.drawing import by_limits, draw
from onedoor.desk.catalogue.sheet import GROUPS, asked_in, work_of
from onedoor.desk.catalogue.trying import trial
from onedoor.desk.catalogue.uploading import held_at, is_upload, sent, taken
from onedoor.desk.editors import editors_only
from onedoor.desk.fields.saying import name_of, say_worker, title_of
from onedoor.desk.fields.shape import (
    cell_of,
    changes,
    drop,
    get,
    inside,
    is_condition,
    is_options,
    is_rows,
    is_simple,
    part_at,
    put,
    read_place,
    write_place,
)
from onedoor.desk.frame import actor_of, rail
from onedoor.desk.frame import told as refusal
from onedoor.items import commands, queries
from onedoor.items.rules.drafting import INHERIT, Order
from onedoor.items.rules.layers import orders
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from onedoor.desk.catalogue.sheet import Line, Work
    from onedoor.items.rules.drafting import Draft
    from onedoor.kernel.tree import Path

ABOUT: Mapping[str, Any] = {
    "situations": gettext_lazy(
        "情形就是先问群众的一个问题，比如“店里有没有堂食？”。按答案决定哪些材料不用交、哪些环节不用办。"
        "先加问题和答案，再到材料里写明只在哪个答案下要交。"
    ),
    "materials": gettext_lazy("点“修改”进去，可以把材料改为免提交，或者写明只在一定情形下要交。"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row on its table's page: how deep it stands, and whether it may move up, or down."""

    line: Line
    depth: int
    up: bool
    down: bool


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def edit(request: HttpRequest, draft: int, place: str) -> HttpResponse:
    """The page of a section, of a row, of a table or of a condition."""
    by = actor_of(request)
    page = Page(request, queries.draft(draft, by=by), place)
    if not editable(page.draft, by):
        raise Forbidden(_("这份草稿现在不能修改，或者不归您修改。请回到草稿页看它的状态。"))
    if request.method != "POST":
        return page.shown()
    try:
        return page.posted()
    except Invalid as fault:
        faults = fault.errors if page.upload else by_cell(fault.errors, page.work, page.keys)
        return page.shown(faults, status=422)
    except Refused as fault:
        return page.shown([FieldError("", refusal(fault))], status=422)
    except Conflict as fault:
        return Page(request, queries.draft(draft, by=by), place).shown([FieldError("", fault.message)], status=409)


class Page:
    """One page of the editor for one request."""

    def __init__(self, request: HttpRequest, draft: Draft, place: str) -> None:
        self.request, self.draft, self.place = request, draft, place
        self.work: Work = work_of(draft, on=timezone.localdate())
        self.group = place if place in GROUPS and (place not in queries.policies().rows and place != "form") else ""
        self.path: Path = () if self.group else read_place(place)
        if any(
            isinstance(step, int) and step > len(get(self.work.tree, self.path[:n], []) or [])
            for n, step in enumerate(self.path)
        ):
            raise NotFound
        hint = part_at(self.path).hint
        self.table = bool(self.path) and is_rows(hint) and not is_options(hint)
        self.condition = is_condition(hint)
        self.upload = is_upload(self.path)
        if self.upload and get(self.work.tree, self.path[:-1]) is None:
            raise NotFound

    @property
    def places(self) -> tuple[Path, ...]:
        """What is asked in one form here."""
        if self.group:
            return asked_in(self.group, partial=self.work.partial)
        if self.table or self.condition or self.upload:
            return ()
        if is_simple(part_at(self.path).hint):
            return (self.path,)
        return tuple(path for path in inside(self.path) if is_simple(part_at(path).hint))

    @property
    def keys(self) -> list[str]:
        """The names of the questions."""
        return [write_place(path) for path in self.places]

    def shown(self, errors: Sequence[FieldError] = (), *, status: int = 200) -> HttpResponse:
        """The page."""
        context = {
            "rail": rail(self.request),
            "draft": self.draft,
            "work": self.work,
            "place": self.place,
            "title": self.title,
            "back": self.back,
            "back_name": self._named(read_place(self.back)) if self.back else "",
            "errors": errors,
            "stale": status == 409,
        }
        template, own = self._own(bool(errors))
        return render(self.request, f"desk/catalogue/{template}.html", context | own, status=status)

    def _own(self, wrong: bool) -> tuple[str, dict[str, Any]]:
        if self.condition:
            return "condition", self._condition(wrong)
        if self.table:
            return "rows", self._rows()
        if self.upload:
            return "upload", {
                "held": held_at(self.path, self.work),
                "taken": taken(),
                "findings": self.work.beside(self.path),
                "own": self._own_cells(),
                "removable": self._removable(),
            }
        asked = questions(self.work, self.places)
        shown = raw_answers(self.request.POST, asked) if wrong else values(self.work, self.places)
        return "edit", {
            "questions": asked,
            "locked": locked(self.work, self.places),
            "answers": shown,
            "children": self._children(),
            "findings": self.work.beside(self.path) if self.path else (),
            "own": self._own_cells(),
            "removable": self._removable(),
            "new": bool(self.path) and get(self.work.tree, self.path) is None,
            "about": ABOUT.get(str(self.path[0]), "") if len(self.path) == 2 else "",
            "used": self._used(),
            "fact": get(self.work.tree, (*self.path, "key"), ""),
        }

    @property
    def title(self) -> str:
        """What the page is about."""
        if self.group:
            return str(GROUPS[self.group][0])
        if isinstance(self.path[-1], int) and get(self.work.tree, self.path) is None:
            return _("%(table)s：加一项") % {"table": name_of(self.path[:-1])}
        named = self._named(self.path)
        inner = len(self.path) > 1 and isinstance(self.path[-2], int)
        return _("%(row)s：%(field)s") % {"row": self._named(self.path[:-1]), "field": named} if inner else named

    def _named(self, path: Path) -> str:
        row = get(self.work.tree, path)
        return (title_of(row) if isinstance(path[-1], int) else "") or name_of(path)

    @property
    def back(self) -> str:
        """The place around this one; the sheet where it stands there itself."""
        around = self.path[:-1]
        while around and not isinstance(around[-1], int) and not is_rows(part_at(around).hint):
            around = around[:-1]
        return write_place(around)

    def _children(self) -> list[tuple[str, str, str]]:
        """What has pages of its own below this one: name, value, place."""
        if not self.path or get(self.work.tree, self.path) is None:
            return []
        below = [path for path in inside(self.path) if not is_simple(part_at(path).hint)]
        lines = [self.work.line(path) for path in below]
        return [(line.name, line.value, line.place) for line in lines if not line.locked]

    def _used(self) -> list[tuple[str, str]]:
        """What a situation's answer may decide: the materials, each with the place of its condition."""
        if self.path[:1] != ("situations",) or len(self.path) != 2 or get(self.work.tree, self.path) is None:
            return []
        rows = get(self.work.tree, ("materials",), []) or []
        return [(row["name"], f"materials.{n}.when") for n, row in enumerate(rows) if row.get("name")]

    def _own_cells(self) -> list[tuple[str, str]]:
        """What this level set over a level above: name and place, to be given back."""
        given: dict[Path, tuple[str, str]] = {}
        for path in self.places or (self.path,):
            if path and self.work.sets(path):
                cell = cell_of(path, self.work.tree, self.work.now.table)
                whole = path if len(cell) >= len(path) else path[: len(cell)]
                given.setdefault(cell, (name_of(whole), write_place(whole)))
        return list(given.values())

    def _removable(self) -> bool:
        """A row that no level above has set; a part that need not be there."""
        if not self.path or get(self.work.tree, self.path) is None:
            return False
        cell = cell_of(self.path, self.work.tree, self.work.now.table)
        above = any(held[: len(cell)] == cell for held in self.work.above.cells)
        whole = isinstance(self.path[-1], int) and not (above and len(cell) == len(self.path))
        return whole or (part_at(self.path).optional and not above)

    def _rows(self) -> dict[str, Any]:
        rows = get(self.work.tree, self.path, []) or []
        lines = [self.work.line((*self.path, number)) for number in range(len(rows))]
        found: dict[str, Any] = {
            "table_line": self.work.line(self.path),
            "add": write_place((*self.path, len(rows))),
            "may_add": self.work.may_add(self.path, self.draft.level),
            "why": getattr(queries.policies().rows.get(str(self.path[0])), "why", ""),
            "findings": self.work.beside(self.path),
            "about": ABOUT.get(str(self.path[0]), "") if len(self.path) == 1 else "",
        }
        if self.path == ("materials",):
            lines = [replace(line, value=self._brief(number)) for number, line in enumerate(lines)]
        item = self.work.item
        if self.path == ("situations",) and item:
            found["trial"] = trial(item, self.request.GET.dict())
        if self.path == ("plan", "steps") and item:
            found["drawing"] = draw(item.plan, say_worker, critical=by_limits(item.plan))
        depths = _depths(rows) if self.path == ("situations",) else [0] * len(rows)
        found["rows"] = [Row(line, *at) for line, at in zip(lines, self._ways(depths), strict=True)]
        return found

    def _ways(self, depths: Sequence[int]) -> list[tuple[int, bool, bool]]:
        """Of each row how deep it stands, and whether it may change places with the one before, the one after it."""
        free = [self._free(n) for n in range(len(depths) - 1)]
        return list(zip(depths, [False, *free], [*free, False], strict=True)) if depths else []

    def _brief(self, number: int) -> str:
        """Of a material what tells it from others: where it comes from, how needed it is, when."""
        told = [self.work.line((*self.path, number, name)) for name in ("source", "necessity", "when")]
        return "\n".join(_("%(name)s：%(value)s") % {"name": line.name, "value": line.value} for line in told)

    def _condition(self, wrong: bool) -> dict[str, Any]:
        fact = (self.request.POST if wrong else self.request.GET).get("fact", "")
        asked = clause_questions(self.work, fact)
        return {
            "condition": condition_at(self.work, self.path),
            "fact": fact,
            "questions": asked,
            "answers": raw_answers(self.request.POST, asked) if wrong else {},
            "locked": not self.work.may_change(self.path),
            "line": self.work.line(self.path),
        }

    def posted(self) -> HttpResponse:
        """Save, give back, take away, as the button says."""
        if self.condition:
            return self._saved(put(self.work.tree, {self.path: self._clause()}))
        act = self.request.POST.get("act", "save")
        if act == "inherit":
            return self._inherited(read_place(self.request.POST.get("of", "")))
        if act == "upload":
            return self._uploaded()
        if act in ("up", "down"):
            return self._moved(self.request.POST.get("of", ""), -1 if act == "up" else 1)
        if act == "remove":
            return self._saved(drop(self.work.tree, self.path), to=self.place if self.upload else self.back or "")
        posted = read(self.request.POST, self.work, questions(self.work, self.places))
        return self._sent(told(self.work, posted), to=self.place if self._unfinished() else self.back)

    def _sender(self) -> Sent:
        return Sent(self.draft.id, actor_of(self.request), timezone.now(), self.request.POST)

    def _uploaded(self) -> HttpResponse:
        if not self.upload:
            raise NotFound
        one, cell = self._sender(), cell_of(self.path, self.work.tree, self.work.now.table)
        commands.upload_paper(self.draft.id, cell, sent(self.request), by=one.by, at=one.at, version=one.version)
        messages.success(self.request, _("已上传，保存在草稿里。"))
        return redirect("desk:catalogue_edit", draft=self.draft.id, place=self.place)

    def _unfinished(self) -> bool:
        """A new row that has pages of its own below: they come next."""
        new = bool(self.path) and get(self.work.tree, self.path) is None
        return new and any(not is_simple(part_at(path).hint) for path in inside(self.path))

    def _clause(self) -> Any:
        data = self.request.POST
        if (number := data.get("remove", "")).isdecimal():
            return without_clause(self.work, self.path, int(number))
        return None if data.get("act") == "always" else with_clause(self.work, self.path, data)

    def _inherited(self, path: Path) -> HttpResponse:
        cell = cell_of(path, self.work.tree, self.work.now.table)
        if not self.work.sets(path):
            raise NotFound
        return self._sent({cell: INHERIT}, to=self.place)

    def _free(self, number: int) -> bool:
        """Whether a row and the next may change places: any that are this level's, none of two from above."""
        if self.path[0] not in self.work.now.table.rows:
            return self.work.may_change(self.path)
        standing = orders(self.work.above.cells, self.work.now.table)[str(self.path[0])]
        return not {*self._keys()[number : number + 2]} <= {*standing}

    def _keys(self) -> tuple[str, ...]:
        return orders(self.work.now.cells, self.work.now.table)[str(self.path[0])]

    def _moved(self, number: str, by: int) -> HttpResponse:
        """One row changes places with its neighbour."""
        rows = list(get(self.work.tree, self.path, []) or [])
        one = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else len(rows)
        if (
            not self.table
            or not (0 <= one < len(rows) and 0 <= one + by < len(rows))
            or not self._free(min(one, one + by))
        ):
            raise NotFound
        rows[one], rows[one + by] = rows[one + by], rows[one]
        if self.path[0] not in self.work.now.table.rows:
            return self._saved(put(self.work.tree, {self.path: rows}))
        key = self.work.now.table.rows[str(self.path[0])].key
        return self._sent({self.path: Order(tuple(str(row[key]) for row in rows))}, to=self.place)

    def _saved(self, tree: Mapping[str, Any], *, to: str | None = None) -> HttpResponse:
        found = changes(self.work.tree, tree, self.work.now.table)
        return self._sent(found, to=self.place if to is None else to)

    def _sent(self, found: Mapping[Path, Any], *, to: str) -> HttpResponse:
        one = self._sender()
        if found or one.version != self.draft.version:
            commands.change_draft(self.draft.id, found, by=one.by, at=one.at, version=one.version)
            messages.success(self.request, _("已保存在草稿里。"))
        if to:
            return redirect("desk:catalogue_edit", draft=self.draft.id, place=to)
        return redirect("desk:catalogue_draft", draft=self.draft.id)


def _depths(rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """How deep each situation stands: one below the question on whose answer it depends."""
    depths: dict[str, int] = {}
    for row in rows:
        named = [key for key in depths if f"${key}'" in repr(row.get("when"))]
        depths[row["key"]] = max((depths[key] + 1 for key in named), default=0)
    return list(depths.values())
