"""依据: the register of laws, standards and local rules, and what changing one of them would touch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onedoor.cases import queries as cases
from onedoor.desk.frame import actor_of
from onedoor.desk.standards.door import asked, item_address, page, standards_only
from onedoor.desk.standards.words import RANKS, STANDINGS, UNVERIFIED, organs
from onedoor.items import queries
from onedoor.items.rules.citations import part_label
from onedoor.ui.parts import Fact

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from onedoor.items.queries import Cited
    from onedoor.items.rules.citations import Enactment, Touched
    from onedoor.kernel.actor import Actor
    from onedoor.ui.parts import Tone

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One law in the register."""

    cited: Cited
    rank: StrOrPromise
    standing: tuple[StrOrPromise, Tone]


@dataclass(frozen=True, slots=True)
class Shown:
    """One item that a change would touch, in words."""

    name: str
    href: str
    parts: str
    fields: int
    organs: str
    lists: int
    forms: tuple[str, ...]


@require_safe
@standards_only
def register(request: HttpRequest) -> HttpResponse:
    """Every law that the catalogue rests on, those of most lists first."""
    word, rank, standing = (asked(request, name) for name in ("q", "rank", "standing"))
    today = timezone.localdate()
    all_ = queries.cited()
    found = [
        one
        for one in all_
        if (word in one.law.name or word in one.law.document)
        and rank in ("", one.law.rank)
        and standing in ("", one.law.standing(today))
    ]
    context = {
        "page": Paginator([_row(one, today) for one in found], PER_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
        "all": len(all_),
        "undated": sum(one.law.since is None for one in all_),
        "q": word,
        "rank": rank,
        "standing": standing,
        "ranks": list(RANKS.items()),
        "standings": [(key, told) for key, (told, _tone) in STANDINGS.items()],
    }
    return page(request, "laws", context, tab="laws")


def _row(one: Cited, today: date) -> Row:
    return Row(one, RANKS[one.law.rank], STANDINGS[one.law.standing(today)])


@require_safe
@standards_only
def law(request: HttpRequest, name: str) -> HttpResponse:
    """One law: what the register knows of it, its articles, and the rework that a change would make."""
    article, by = asked(request, "article"), actor_of(request)
    found = queries.reach(name.replace("\0", ""), article=article)
    effect = found.effect
    context = {
        "law": found.law,
        "standing": STANDINGS[found.law.standing(timezone.localdate())],
        "facts": _facts(found.law),
        "article": article,
        "articles": found.articles,
        "parts": found.parts,
        "effect": effect,
        "organs": len({one.organ for touched in effect.items for one in touched.lists}),
        "running": cases.running_of((one.code for touched in effect.items for one in touched.lists), by=by),
        "page": Paginator([_shown(one, by) for one in effect.items], PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "law", context, tab="laws")


def _facts(law: Enactment) -> tuple[Fact, ...]:
    unknown = str(UNVERIFIED)
    return (
        Fact(_("效力位阶"), str(RANKS[law.rank])),
        Fact(_("文号"), law.document or unknown),
        Fact(_("制定机关"), law.issuer or unknown),
        Fact(_("施行日期"), law.since.isoformat() if law.since else unknown),
        Fact(_("失效日期"), law.until.isoformat() if law.until else _("没有登记")),
        Fact(_("由什么取代"), law.replaced_by or _("没有登记")),
        Fact(_("凭什么登记"), law.evidence or _("事项设定依据的记载，还没有同公布的文本核对")),
    )


def _shown(one: Touched, by: Actor) -> Shown:
    parts = Counter(part_label(path, queries.policies()) for path in one.fields)
    return Shown(
        name=one.name,
        href=item_address(by, one.lists[0].code),
        parts="、".join(f"{name} {number}" for name, number in parts.most_common()),
        fields=len(one.fields),
        organs=organs([each.organ_name for each in one.lists]),
        lists=len(one.lists),
        forms=one.forms,
    )
