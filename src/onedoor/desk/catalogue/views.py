"""The catalogue of this officer: what is worked on, published, behind its standard, to be claimed, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.desk.catalogue.comparing import history
from onedoor.desk.catalogue.sheet import work
from onedoor.desk.editors import (
    claimant,
    editors_only,
    manages,
    name_of_actor,
    own_organs,
    sets_standards,
)
from onedoor.desk.fields.labels import CODES
from onedoor.desk.fields.shape import read_place, write_place
from onedoor.desk.frame import actor_of, rail, told
from onedoor.items import commands, queries
from onedoor.items.rules import Level, PowerSource
from onedoor.items.rules.drafting import Draft, DraftState
from onedoor.items.rules.standards import areas_above
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Conflict, FieldError, Invalid, Refused
from onedoor.kernel.journey import Option, Question, QuestionKind
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from onedoor.items.queries import Summary
    from onedoor.items.rules.standards import StandardVersion
    from onedoor.kernel.actor import Actor
    from onedoor.orgs.rules import Organ

TABS: Final = {
    "drafts": gettext_lazy("草稿和待审核"),
    "items": gettext_lazy("已发布"),
    "standards": gettext_lazy("基本目录"),
    "claim": gettext_lazy("可以认领"),
    "bundles": gettext_lazy("并联事项变了"),
    "withdrawn": gettext_lazy("已暂停、取消"),
}
STATES: Final = {
    DraftState.DRAFT: (gettext_lazy("起草中"), Tone.TODO),
    DraftState.SUBMITTED: (gettext_lazy("待审核"), Tone.WAIT),
    DraftState.PUBLISHED: (gettext_lazy("已发布"), Tone.GO),
    DraftState.DISCARDED: (gettext_lazy("已放弃"), Tone.NONE),
}
PER_PAGE: Final = 50
LONGEST_QUERY: Final = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    href: str
    name: str
    about: str
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Claimable:
    """A standard over the place of an organ that has no list of it yet."""

    organ: Organ
    standard: StandardVersion

    @property
    def name(self) -> str:
        """The item."""
        return str(self.standard.content["name"])


@require_safe
@editors_only
def home(request: HttpRequest) -> HttpResponse:
    """事项管理, one list at a time."""
    by = actor_of(request)
    tab = request.GET.get("tab", "drafts")
    if tab not in TABS:
        raise Http404
    q = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    found = [one for one in LISTS[tab](by) if q in f"{one.name}{one.about}"]
    context = {
        "rail": rail(request),
        "tabs": [(key, name, key == tab) for key, name in TABS.items()],
        "tab": tab,
        "title": TABS[tab],
        "q": q,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
    }
    return render(request, "desk/catalogue/home.html", context)


def tag_of(draft: Draft) -> Tag:
    """The state of a draft."""
    word, tone = STATES[draft.state]
    return Tag(str(word), tone)


def _drafts(by: Actor) -> Iterable[Row]:
    for one in queries.drafts(by=by):
        said = {"who": name_of_actor(one.drafted_by), "organ": one.organ_name, "at": timezone.localtime(one.touched_at)}
        about = _("%(organ)s　%(who)s起草") % said
        at = f"{said['at']:%Y-%m-%d %H:%M}"
        name = one.title if one.code else _("%(name)s（标准）") % {"name": one.title}
        yield Row(f"drafts/{one.id}/", name, f"{about}　{at}", tag_of(one))


def _items(by: Actor) -> Iterable[Row]:
    for line in _mine(by):
        yield Row(f"items/{line.code}/", line.name, _about(line))


def _mine(by: Actor) -> list[Summary]:
    return [line for line in queries.catalogue() if manages(by, line)]


def _about(line: Summary) -> str:
    return f"{line.organ_name}　{line.code}"


def _standards(by: Actor) -> Iterable[Row]:
    """Those that the officer may change first, each item from the nation down."""
    for one in sorted(queries.standards(), key=lambda one: not sets_standards(by, one.area)):
        said = {"level": CODES[Level][one.level], "name": one.name, "number": one.number}
        about = _("%(level)s　%(name)s第 %(number)s 版") % said
        tag = Tag(_("归您管理"), Tone.GO) if sets_standards(by, one.area) else None
        yield Row(f"standards/{one.family}/{one.area}/", str(one.content["name"]), about, tag)


def _claims(by: Actor) -> Iterable[Row]:
    for one in claimable(by):
        yield Row(f"claim/{one.standard.family}/", one.name, one.organ.name)


def claimable(by: Actor) -> list[Claimable]:
    """What the officer's own organs could claim: no list, no draft of it yet."""
    standards, found = queries.standards(), []
    drafted = {(one.organ, one.family) for one in queries.drafts(by=by)}
    listed = {(line.organ, line.code[19:]) for line in queries.catalogue()}
    gone = {(one.version.organ, one.version.family) for one in queries.withdrawals()}
    for organ in own_organs(by):
        over, seen = areas_above(organ.area), set[str]()
        for standard in standards:
            taken = (organ.code, standard.family) in drafted | listed | gone
            if standard.area in over and standard.family not in seen and not taken:
                seen.add(standard.family)
                found.append(Claimable(organ, standard))
    return sorted(found, key=lambda one: one.name)


def _withdrawn(by: Actor) -> Iterable[Row]:
    for one in queries.withdrawals():
        if manages(by, one.version):
            at = f"{timezone.localtime(one.at):%Y-%m-%d}"
            about = f"{one.version.organ_name}　{at}　{one.reason}"
            yield Row(f"items/{one.version.code}/", one.version.name, about, Tag(_("已停办"), Tone.STOP))


def _bundles(by: Actor) -> Iterable[Row]:
    """Those that are behind their members; who may not make them anew sees whose they are."""
    for one in queries.outdated():
        names = "、".join(newer.held.name for newer in one.newer)
        about = _("%(organ)s　%(names)s有新版本") % {"organ": one.bundle.organ_name, "names": names}
        tag = Tag(_("归您管理"), Tone.GO) if manages(by, one.bundle) else None
        yield Row(f"items/{one.bundle.code}/", one.bundle.name, about, tag)


LISTS = {
    "drafts": _drafts,
    "items": _items,
    "standards": _standards,
    "claim": _claims,
    "bundles": _bundles,
    "withdrawn": _withdrawn,
}


@require_safe
@editors_only
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One list as it is published: every field with the level that it comes from, and its versions."""
    return _item(request, code)


def _item(request: HttpRequest, code: str, errors: Sequence[FieldError] = (), *, status: int = 200) -> HttpResponse:
    by, today = actor_of(request), timezone.localdate()
    editions = history(code)
    if not editions:
        raise Http404
    shown = next((one for one in editions if one.version.effective_from <= today), editions[0])
    lineage = queries.lineage(shown.version.id)
    mine = manages(by, shown.version)
    context = {
        "rail": rail(request),
        "item": shown.version,
        "work": work(lineage.above(), lineage.effective(), on=today),
        "editions": editions,
        "mine": mine,
        "behind": shown.version.id in queries.behind(on=today),
        "outdated": next((one for one in queries.outdated() if one.bundle.code == code), None),
        "withdrawn": queries.withdrawn_up_to(code) >= editions[0].version.number,
        "draft": next((one for one in queries.drafts(by=by) if one.code == code), None),
        "reason": _reason(_("为什么暂停或者取消，依据什么")),
        "errors": errors,
        "typed": request.POST if errors else {},
    }
    return render(request, "desk/catalogue/item.html", context, status=status)


def _reason(label: str) -> Question:
    return Question("reason", label, QuestionKind.TEXTAREA, max_length=500)


@require_POST
@editors_only
def item_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Begin to change it (``to``: the place of the editor to go on to), withdraw it, offer it again."""
    by, at = actor_of(request), timezone.now()
    try:
        if act == "open":
            draft, to = commands.open_draft(code, by=by, at=at), request.POST.get("to", "")
            if to:
                return redirect("desk:catalogue_edit", draft=draft.id, place=write_place(read_place(to)))
            return redirect("desk:catalogue_draft", draft=draft.id)
        if act == "recompose":
            draft = commands.recompose(code, by=by, at=at)
            messages.success(request, _("已重新合成并送审。另一位审核的人发布以后，群众看到的就是新的。"))
            return redirect("desk:catalogue_draft", draft=draft.id)
        if act == "withdraw":
            commands.withdraw(code, reason=request.POST.get("reason", ""), by=by, at=at)
            messages.success(request, _("已停办。正在办的件不受影响。"))
        elif act == "resume":
            commands.resume(code, by=by, at=at)
            messages.success(request, _("已恢复办理。"))
        else:
            raise Http404
    except (Invalid, Refused) as fault:
        return _item(request, code, [FieldError("", told(fault))], status=422)
    except Conflict as fault:
        return _item(request, code, [FieldError("", fault.message)], status=409)
    return redirect("desk:catalogue_item", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def claim(request: HttpRequest, family: str) -> HttpResponse:
    """认领: which organ, by what power, like which list."""
    by = actor_of(request)
    offers = [one for one in claimable(by) if one.standard.family == family]
    if not offers:
        raise Http404
    asked = _claim_questions(family)
    if request.method != "POST":
        return _claim(request, offers[0], asked)
    source, like = request.POST.get("power_source", ""), request.POST.get("like", "")
    if source not in set(PowerSource):
        return _claim(request, offers[0], asked, errors=[FieldError("power_source", _("请选择权力来源"))])
    who = claimant(
        offers[0].organ, source=PowerSource(source), entrusted_by=request.POST.get("entrusted_by", "").strip()
    )
    try:
        draft = commands.claim(family, claimant=who, by=by, at=timezone.now(), like=like)
    except (Invalid, Refused, Conflict) as fault:
        said = fault.message if isinstance(fault, Conflict) else told(fault)
        return _claim(request, offers[0], asked, errors=[FieldError("", said)])
    messages.success(request, _("已认领。上级规定的都已经继承，请补上本级的内容。"))
    return redirect("desk:catalogue_draft", draft=draft.id)


def _claim_questions(family: str) -> tuple[Question, ...]:
    sources = tuple(Option(code.value, str(word)) for code, word in CODES[PowerSource].items())
    others = tuple(Option(line.code, line.organ_name) for line in queries.catalogue() if line.code.endswith(family))
    return (
        Question("power_source", _("权力来源"), QuestionKind.CHOICE, options=sources),
        Question("entrusted_by", _("委托部门"), QuestionKind.TEXT, required=False, hint=_("受委托的才填")),
        Question(
            "like",
            _("照哪一份清单起草"),
            QuestionKind.CHOICE,
            required=False,
            hint=_("地点、电话、环节等先照它的，再改成自己的"),
            options=(*others, Option("", _("不照别的，从头填"))),
        ),
    )


def _claim(
    request: HttpRequest, offer: Claimable, asked: Sequence[Question], *, errors: Sequence[FieldError] = ()
) -> HttpResponse:
    typed = request.POST.dict() if errors else {"power_source": PowerSource.OWN.value}
    context = {"rail": rail(request), "offer": offer, "questions": asked, "typed": typed, "errors": errors}
    return render(request, "desk/catalogue/claim.html", context, status=422 if errors else 200)


def may_review(by: Actor, draft: Draft) -> bool:
    """Whether this officer reviews the draft, unless it is his own."""
    return by.may(Act.PUBLISH_ITEMS, draft.target) and by.ref not in {draft.drafted_by, draft.submitted_by}
