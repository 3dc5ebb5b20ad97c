"""基本目录: what each level sets for an item, who may change it, and the lists that stand below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onedoor.areas import queries as areas
from onedoor.desk.catalogue.comparing import Difference, between
from onedoor.desk.catalogue.sheet import work_of_standard
from onedoor.desk.editors import editors_only, sets_standards, standard_areas
from onedoor.desk.fields.labels import CODES
from onedoor.desk.frame import actor_of, rail
from onedoor.items import commands, queries
from onedoor.items.rules import Level
from onedoor.items.rules.layers import fold
from onedoor.items.rules.standards import areas_above, chain, level_of
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from onedoor.items.rules.standards import StandardVersion


@dataclass(frozen=True, slots=True)
class Step:
    """One level over the place, for the way from the nation down to here. ``number``: 0 where it sets nothing."""

    area: str
    name: str
    level: str
    number: int
    now: bool


@dataclass(frozen=True, slots=True)
class StandardEdition:
    """One published version of a standard, and what it changed."""

    version: StandardVersion
    differences: tuple[Difference, ...]


@require_safe
@editors_only
def standard(request: HttpRequest, family: str, area: str) -> HttpResponse:
    """What one level sets for an item, and all above it: each field with its level."""
    return _shown(request, family, area)


def _shown(
    request: HttpRequest, family: str, area: str, *, errors: Sequence[FieldError] = (), status: int = 200
) -> HttpResponse:
    by, today = actor_of(request), timezone.localdate()
    known = queries.standards_of([family]).get(family, ())
    over = chain(known, area=_known(area), on=today)
    own = tuple(one for one in known if one.area == area)
    if not over and not own:
        raise Http404
    shown = next((one for one in over if one.area == area), None)
    above = fold([one.layer for one in over if one.area != area], queries.policies())
    now = fold([*above.layers, shown.layer], queries.policies()) if shown else above
    below = [line for line in queries.catalogue() if line.code.endswith(family) and area in areas_above(line.area)]
    late = set(queries.behind(on=today))
    context = {
        "rail": rail(request),
        "name": str((over or own)[0].content["name"]),
        "family": family,
        "standard": shown,
        "title": shown.name if shown else _name_for(area),
        "steps": _steps({one.area: one for one in [*known, *over]}, area, deeper=standard_areas(by)),
        "work": work_of_standard(above, now),
        "editions": _editions(own),
        "mine": sets_standards(by, area),
        "owner": CODES[Level][level_of(area)],
        "area": area,
        "below": len(below),
        "late": sum(line.id in late for line in below),
        "draft": next(
            (one for one in queries.drafts(by=by) if (one.code, one.family, one.area) == ("", family, area)), None
        ),
        "errors": errors,
    }
    return render(request, "desk/catalogue/standard.html", context, status=status)


def _known(area: str) -> str:
    """A place of which the divisions know, or the nation, province, city over it."""
    level_of(area)
    if area not in areas_above(areas.county().code):
        areas.division(area)
    return area


def _name_for(area: str) -> str:
    """What the standard of a level is called that has none yet."""
    return _("%(place)s事项标准") % {"place": areas.division(area).name}


def _steps(held: Mapping[str, StandardVersion], area: str, *, deeper: Sequence[str]) -> list[Step]:
    """The levels that set something, this one, and the officer's own below it."""
    way = [place for place in areas_above(area) if place in held or place == area]
    way += [place for place in deeper if place != area and area in areas_above(place)]
    return [
        Step(
            place,
            held[place].name if place in held else _name_for(place),
            str(CODES[Level][level_of(place)]),
            held[place].number if place in held else 0,
            place == area,
        )
        for place in way
    ]


def _editions(own: Sequence[StandardVersion]) -> list[StandardEdition]:
    """Its versions, newest first, each with what it changed."""
    table = queries.policies()
    folded = [fold([one.layer], table) for one in own]
    found = [
        StandardEdition(one, between(old, new) if old else ())
        for one, old, new in zip(own, [None, *folded], folded, strict=False)
    ]
    return list(reversed(found))


@require_POST
@editors_only
def begin(request: HttpRequest, family: str, area: str) -> HttpResponse:
    """Begin to change a standard, or to set one where the level has none."""
    name = _name_for(_known(area)) if sets_standards(actor_of(request), area) else ""
    try:
        draft = commands.open_standard(family, area=area, by=actor_of(request), at=timezone.now(), name=name)
    except (Conflict, Forbidden, NotFound) as fault:
        status = {Conflict: 409, Forbidden: 403}.get(type(fault), 404)
        return _shown(request, family, area, errors=[FieldError("", fault.message)], status=status)
    return redirect("desk:catalogue_draft", draft=draft.id)
