"""上级标准变了: the lists behind a changed standard, what adoption makes of each, and adopting many at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from onedoor.desk.fields.saying import name_of
from onedoor.desk.fields.shape import read_place, write_place
from onedoor.desk.frame import actor_of, told
from onedoor.desk.standards.comparing import Block, blocks
from onedoor.desk.standards.door import WORKING, asked, page, standards_only
from onedoor.items import commands, queries
from onedoor.items.rules.facts import labels_of
from onedoor.kernel.actor import Act, Target
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from onedoor.items.queries import Lagging
    from onedoor.items.rules import ItemVersion
    from onedoor.items.rules.drafting import Draft
    from onedoor.items.rules.standards import StandardVersion
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.errors import FieldError

PER_PAGE: Final = 20  # items; of each all its lists
MOST: Final = 200  # lists adopted in one go


@dataclass(frozen=True, slots=True)
class Owner:
    """One organ whose list lags, whether this officer may adopt for it, and the draft of it that is open."""

    code: str
    name: str
    mine: bool
    draft: Draft | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a list cannot be adopted as it is, and the place of the editor where that is put right."""

    told: str
    place: str
    field: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lists of one item that adoption changes in the same way."""

    name: str
    family: str
    owners: tuple[Owner, ...]
    standards: tuple[StandardVersion, ...]
    blocks: tuple[Block, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def mine(self) -> bool:
        """Whether this officer may adopt any of them."""
        return any(owner.mine for owner in self.owners)


@require_http_methods(["GET", "HEAD", "POST"])
@standards_only
def behind(request: HttpRequest) -> HttpResponse:
    """What lags, item by item; adopt one, or all that are ticked."""
    by, today = actor_of(request), timezone.localdate()
    if request.method == "POST":
        return _adopt(request, by)
    family, own = asked(request, "family"), bool(asked(request, "mine"))
    by_family: dict[str, list[int]] = defaultdict(list)
    for item in queries.versions_by_id(queries.behind(on=today)):
        if family in ("", item.family) and (not own or _mine(item, by)):
            by_family[item.family].append(item.id)
    shown = Paginator(list(by_family.values()), PER_PAGE).get_page(request.GET.get("page"))
    found = groups(queries.lagging([id_ for ids in shown for id_ in ids], on=today), by)
    context = {
        "page": shown,
        "groups": found,
        "can_adopt": any(group.mine and not group.obstacles for group in found),
        "items": len(by_family),
        "lists": sum(map(len, by_family.values())),
        "drafts": any(by.has(act) for act in WORKING),
        "narrowed": bool(family or own),
        "own": own,
    }
    return page(request, "behind", context, tab="behind")


def groups(found: Sequence[Lagging], by: Actor) -> list[Group]:
    """Lists that adoption changes alike stand together."""
    alike: dict[tuple[object, ...], list[tuple[Lagging, tuple[Block, ...]]]] = {}
    for one in found:
        # an organ's own name is not a difference between two lists
        shown = tuple(blocks(one.comparison, labels_of(one.item)))
        key = one.item.family, str((shown, one.faults)).replace(one.item.organ_name, "")
        alike.setdefault(key, []).append((one, shown))
    drafts = {one.code: one for one in queries.drafts(by=by) if one.code} if found else {}
    return [_group(same, by, drafts) for same in alike.values()]


def _group(same: Sequence[tuple[Lagging, tuple[Block, ...]]], by: Actor, drafts: Mapping[str, Draft]) -> Group:
    one, shown = same[0]
    owners = tuple(
        Owner(each.item.code, each.item.organ_name, _mine(each.item, by), drafts.get(each.item.code))
        for each, _blocks in same
    )
    obstacles = tuple(dict.fromkeys(_obstacle(fault) for fault in one.faults))
    return Group(one.item.name, one.item.family, owners, one.standards, shown, obstacles)


def _obstacle(fault: FieldError) -> Obstacle:
    """A promise that the steps exceed cannot be lengthened again: the steps are what can be changed."""
    place = "plan.steps" if fault.field.startswith(("clock", "plan")) else fault.field.partition("[")[0]
    try:
        return Obstacle(fault.message, write_place(read_place(place)), name_of(read_place(place)))
    except NotFound:
        return Obstacle(fault.message, "basic", _("基本信息"))


def _mine(item: ItemVersion, by: Actor) -> bool:
    return by.may(Act.MANAGE_ITEMS, Target(frozenset({item.organ}), item.area, item=item.code))


def _adopt(request: HttpRequest, by: Actor) -> HttpResponse:
    """Each list for itself: what cannot be adopted is told, and holds nothing else up."""
    codes = [code for code in dict.fromkeys(request.POST.getlist("code")) if "\0" not in code]
    if not codes:
        messages.error(request, _("请先勾选要采纳的清单。"))
    if len(codes) > MOST:
        messages.error(request, _("一次最多采纳 %(n)s 份，请分几次办。") % {"n": MOST})
        codes = []
    adopted = 0
    for code in codes:
        try:
            commands.adopt(code, by=by, at=timezone.now())
        except (Conflict, Forbidden, NotFound, Invalid, Refused) as fault:
            why = told(fault) if isinstance(fault, Invalid | Refused) else fault.message
            messages.error(request, _("没有采纳 %(code)s：%(why)s") % {"code": code, "why": why})
        else:
            adopted += 1
    if adopted:
        done = ngettext(
            "已采纳 %(n)s 份，送审了，等另一位有审核权限的人发布。",
            "已采纳 %(n)s 份，送审了，等另一位有审核权限的人发布。",
            adopted,
        )
        messages.success(request, done % {"n": adopted})
    return redirect(request.get_full_path())
