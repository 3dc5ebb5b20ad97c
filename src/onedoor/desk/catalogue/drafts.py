"""One draft: the sheet with everything that may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from onedoor.desk.catalogue.comparing import Difference, between, differences
from onedoor.desk.catalogue.sheet import Work, work_of
from onedoor.desk.catalogue.trying import trial
from onedoor.desk.catalogue.uploading import uploads
from onedoor.desk.catalogue.views import may_review, tag_of
from onedoor.desk.editors import editors_only, name_of_actor
from onedoor.desk.frame import actor_of, rail, told
from onedoor.desk.moving.saying import impact_of
from onedoor.desk.standards.lagging import groups
from onedoor.items import commands, queries
from onedoor.items.rules import item_of
from onedoor.items.rules.drafting import Draft, DraftState
from onedoor.items.rules.layers import fold
from onedoor.kernel.actor import Act
from onedoor.kernel.errors import Conflict, FieldError, Invalid, NotFound, Refused
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest, QueryDict

    from onedoor.kernel.actor import Actor

DONE: Mapping[str, Any] = {
    "submit": gettext_lazy("已送审。审核的人发布以后，群众在生效那天看到。"),
    "send_back": gettext_lazy("已退回。"),
    "publish": gettext_lazy("已发布。"),
    "discard": gettext_lazy("已放弃这份草稿，已发布的清单不变。"),
}
DONE_STANDARD: Mapping[str, Any] = {
    **DONE,
    "submit": gettext_lazy("已送审。审核的人发布以后，从生效那天起，下面的清单逐份采纳。"),
    "publish": gettext_lazy("已发布。从生效那天起，还没有跟上的清单列在“上级标准变了”里，由各机关采纳。"),
    "discard": gettext_lazy("已放弃这份草稿，已发布的标准不变。"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: its name, its button, what it asks."""

    key: str
    label: str
    button: str
    questions: tuple[Question, ...] = ()
    hint: str = ""


@require_safe
@editors_only
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """The whole sheet of a draft."""
    return shown(request, queries.draft(draft, by=actor_of(request)))


def shown(
    request: HttpRequest, one: Draft, errors: Sequence[FieldError] = (), *, act: str = "", status: int = 200
) -> HttpResponse:
    """The page of a draft."""
    by, today = actor_of(request), timezone.localdate()
    work, unchanged = work_of(one, on=today), one.open and queries.unchanged(one, on=today)
    offers = offers_of(one, by, unchanged=unchanged)
    context = {
        "rail": rail(request),
        "draft": one,
        "work": work,
        "unchanged": unchanged,
        "tag": tag_of(one),
        "drafted_by": name_of_actor(one.drafted_by),
        "submitted_by": name_of_actor(one.submitted_by) if one.submitted_by else "",
        "editable": editable(one, by),
        "differences": _differences(one, work),
        "walked": queries.hindrances(work.item, on=today) if work.item and one.open and not work.errors else (),
        "groups": groups(queries.ahead(one, on=today), by) if one.open and not one.code else (),
        "impact": impact_of(work.item, by=by) if one.code and one.open else None,
        "uploads": uploads(work),
        "offers": offers,
        "open": act or next((offer.key for offer in offers if offer.key != "discard"), ""),
        "errors": errors,
        "typed": _typed(request.POST, offers, act) if errors else {},
        "own": one.state is DraftState.SUBMITTED and by.ref in {one.drafted_by, one.submitted_by},
    }
    return render(request, "desk/catalogue/draft.html", context, status=status)


def editable(one: Draft, by: Actor) -> bool:
    """Whether this officer may change fields now."""
    return one.state is DraftState.DRAFT and by.may(Act.MANAGE_ITEMS, one.target)


def _differences(one: Draft, work: Work) -> tuple[Difference, ...]:
    """From the newest published version to what the draft would make of it."""
    if not one.code:
        held = queries.newest_standards([(one.family, one.area)]).get((one.family, one.area))
        layers = [*work.above.layers, held.layer] if held else work.above.layers
        return between(fold(layers, queries.policies()), work.now)
    published = queries.newest([one.code]).get(one.code)
    if published is None or work.item is None:
        return ()
    return differences(item_of(queries.version(published[0])), work.item)


def _typed(data: QueryDict, offers: Sequence[Offer], act: str) -> Mapping[str, Any]:
    asked = next((offer.questions for offer in offers if offer.key == act), ())
    return raw_answers(data, asked)


def offers_of(one: Draft, by: Actor, *, unchanged: bool) -> tuple[Offer, ...]:
    """What this officer may try with the draft now; the commands decide. What changes nothing is not sent."""
    found = []
    if editable(one, by) and not unchanged:
        asked = _day(bool(one.code)), _text(_("改了什么，为什么"), required=False)
        found.append(Offer("submit", _("送审"), _("送审"), asked))
    if editable(one, by):
        stays = _("已发布的清单不变。") if one.code else _("已发布的标准不变。")
        found.append(Offer("discard", _("放弃"), _("放弃这份草稿"), hint=stays))
    if one.state is DraftState.SUBMITTED and may_review(by, one):
        found.append(Offer("publish", _("审核发布"), _("审核通过，发布"), hint=_("请先看下面逐项列出的改动。")))
        found.append(Offer("send_back", _("退回"), _("退回修改"), (_text(_("哪里要改")),)))
    return tuple(found)


def _day(of_list: bool = True) -> Question:
    hint = (
        _("空着就是发布当天。到这一天，群众看到的指南才变；正在办的件不受影响。")
        if of_list
        else _("空着就是发布当天。到这一天，下面的清单列入“上级标准变了”，由各机关采纳；正在办的件不受影响。")
    )
    return Question("effective_from", _("从哪天起生效"), QuestionKind.DATE, required=False, hint=hint)


def _text(label: str, required: bool = True) -> Question:
    return Question("reason", label, QuestionKind.TEXTAREA, required=required, max_length=500)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form sent, by whom and when."""

    id: int
    by: Actor
    at: datetime
    data: QueryDict

    @property
    def version(self) -> int:
        """The version that the page showed; a form without one is stale."""
        text = str(self.data.get("version", ""))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1

    @property
    def reason(self) -> str:
        """Why."""
        return str(self.data.get("reason", ""))


def _submit(sent: Sent) -> object:
    text = str(raw_answers(sent.data, (_day(),))["effective_from"])
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid([FieldError("effective_from", _("没有这一天，请核对年月日"))]) from None
    return commands.submit_draft(
        sent.id, by=sent.by, at=sent.at, version=sent.version, effective_from=day, reason=sent.reason
    )


def _send_back(sent: Sent) -> object:
    return commands.send_back_draft(sent.id, reason=sent.reason, by=sent.by, at=sent.at, version=sent.version)


def _publish(sent: Sent) -> object:
    return commands.publish_draft(sent.id, by=sent.by, at=sent.at, version=sent.version)


def _discard(sent: Sent) -> object:
    return commands.discard_draft(sent.id, by=sent.by, at=sent.at, version=sent.version)


ACTS: Mapping[str, Callable[[Sent], object]] = {
    "submit": _submit,
    "send_back": _send_back,
    "publish": _publish,
    "discard": _discard,
}


@require_POST
@editors_only
def act(request: HttpRequest, draft: int, act: str) -> HttpResponse:
    """One act on a draft."""
    by = actor_of(request)
    one = queries.draft(draft, by=by)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](Sent(draft, by, timezone.now(), request.POST))
    except Invalid as fault:
        return shown(request, one, [_nameable(error) for error in fault.errors], act=act, status=422)
    except Refused as fault:
        return shown(request, one, [FieldError("", told(fault))], act=act, status=422)
    except Conflict as fault:
        return shown(request, queries.draft(draft, by=by), [FieldError("", fault.message)], act=act, status=409)
    messages.success(request, str((DONE if one.code else DONE_STANDARD)[act]))
    return _after(act, one)


def _after(act: str, one: Draft) -> HttpResponse:
    if act in ("submit", "send_back"):
        return redirect("desk:catalogue_draft", draft=one.id)
    if act == "discard":
        return redirect("desk:catalogue")
    if one.code:
        return redirect("desk:catalogue_item", code=one.code)
    return redirect("desk:catalogue_standard", family=one.family, area=one.area)


def _nameable(error: FieldError) -> FieldError:
    """A fault of a field of the item has no question here: it is told for the whole."""
    return error if error.field == "effective_from" else FieldError("", error.message)


@require_safe
@editors_only
def attempt(request: HttpRequest, draft: int) -> HttpResponse:
    """按群众的样子试一试: the guide and the questions of the draft; with HTMX only what the answers change."""
    one = queries.draft(draft, by=actor_of(request))
    if not one.code:
        raise NotFound(_("标准只是清单的一部分，不能单独试办。请在采纳它的清单里试。"))
    found = work_of(one, on=timezone.localdate())
    part = request.headers.get("HX-Request") == "true"
    context = {
        "rail": rail(request),
        "draft": one,
        "work": found,
        "trial": trial(found.item, request.GET.dict()) if found.item else None,
        "alone": not part or urlsplit(request.headers.get("HX-Current-URL", "")).path == request.path,
    }
    return render(request, f"desk/catalogue/{'trial' if part else 'try'}.html", context)
