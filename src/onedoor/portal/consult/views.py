"""Asking: what is answered already comes first, and the form stands beneath it; nobody is held up."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.hotline import commands
from onedoor.hotline import queries as hotline
from onedoor.hotline.commands import Asking
from onedoor.hotline.rules import STATE_NAMES, State
from onedoor.items import queries as items
from onedoor.kernel.actor import ActorKind
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.kernel.journey import Question, QuestionKind
from onedoor.orgs import queries as orgs
from onedoor.portal.consult.opening import remember
from onedoor.portal.visitor import actor_of, citizens_only
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from onedoor.items.rules import Faq, ItemVersion
    from onedoor.items.rules.search import Hit

LONGEST_QUERY, ANSWERS_FROM, MOST_GUIDES = 100, 2, 5
FRESH = "question_fresh"
TONES = {
    State.WAITING: Tone.WAIT,
    State.DISPATCHED: Tone.WAIT,
    State.CHECKING: Tone.WAIT,
    State.ANSWERED: Tone.GO,
    State.CLOSED: Tone.GO,
}


@dataclass(frozen=True, slots=True)
class Answers:
    """The questions and answers that stand in the guide of one item."""

    code: str
    name: str
    organ_name: str
    faqs: tuple[Faq, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Search the answers there are, or write the question down and send it."""
    if request.method == "POST":
        return _send(request)
    return _page(request, {"text": _query(request)})


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]


def _send(request: HttpRequest) -> HttpResponse:
    actor, at, data = actor_of(request), timezone.now(), request.POST
    given = {name: data.get(name, "").replace("\0", "").strip() for name in ("text", "item", "area", "name", "phone")}
    asking = Asking(**given)
    try:
        if actor.kind is not ActorKind.CITIZEN:
            commands.may_ask(asking.phone, at=at, address=request.META["REMOTE_ADDR"])
        asked = commands.ask(asking, by=actor, at=at, key=_key(request))
    except Invalid as fault:
        return _page(request, given, fault.errors)
    except (Refused, Forbidden) as fault:
        return _page(request, given, (FieldError("text", fault.message),))
    remember(request, asked.number)
    request.session[FRESH] = asked.number
    return redirect("portal:ask_question", question=asked.number)


def _key(request: HttpRequest) -> str:
    key = request.POST.get("key", "")
    return f"{actor_of(request).ref}:{key[:60]}" if key.isalnum() else ""


def _page(request: HttpRequest, given: dict[str, str], errors: Sequence[FieldError] = ()) -> HttpResponse:
    actor, q = actor_of(request), _query(request) or given["text"][:LONGEST_QUERY]
    item = _item(given.get("item") or request.GET.get("item", ""))
    found = items.search(q) if q else None
    hits: tuple[Hit, ...] = (found.hits or found.suggestions) if found else ()
    context = {
        "q": q,
        "item": item,
        "published": hotline.search(q, item=item.code if item else ""),
        "answers": tuple(each for hit in hits[:ANSWERS_FROM] if (each := _answers(hit)).faqs),
        "guides": [_answers(hit) for hit in hits[:MOST_GUIDES]],
        "questions": _questions(known=actor.kind is ActorKind.CITIZEN),
        "typed": given,
        "errors": errors,
        "key": request.POST.get("key") or uuid.uuid4().hex,
        "rule": hotline.service().limit(timezone.localdate()),
        "signed_in": actor.kind is ActorKind.CITIZEN,
    }
    return render(request, "portal/consult/ask.html", context, status=422 if errors else 200)


def _item(code: str) -> ItemVersion | None:
    try:
        return items.published(code[:40]) if code else None
    except NotFound:
        return None


def _answers(hit: Hit) -> Answers:
    version = items.version(hit.document.id)
    return Answers(version.code, version.name, version.organ_name, version.faqs[:MOST_GUIDES])


def _questions(*, known: bool) -> tuple[Question, ...]:
    hint = _("说清楚您的情况。不要写身份证号、银行卡号。")
    text = Question("text", _("您想问什么？"), QuestionKind.TEXTAREA, hint=hint, max_length=1000)
    place = Question(
        "area",
        _("您在哪里？"),
        QuestionKind.AREA,
        required=False,
        hint=_("各乡镇办法不同的，按您所在地答复。"),
    )
    if known:
        return (text, place)
    phone = _("答复好了，发短信告诉您。只用来告诉您，不公开。")
    return (
        text,
        place,
        Question("phone", _("手机号码"), QuestionKind.MOBILE, hint=phone),
        Question("name", _("怎么称呼您？"), QuestionKind.TEXT, required=False, max_length=40),
    )


@require_safe
def entry(request: HttpRequest, entry: int) -> HttpResponse:
    """One published answer."""
    found = hotline.entry(entry)
    context = {"entry": found, "organ": orgs.organ(found.organ), "item": _item(found.item)}
    return render(request, "portal/consult/entry.html", context)


@never_cache
@require_safe
@citizens_only
def mine(request: HttpRequest) -> HttpResponse:
    """我的咨询, the latest first."""
    found = hotline.mine(by=actor_of(request))
    rows = [(each, Tag(STATE_NAMES[each.state], TONES[each.state])) for each in found]
    return render(request, "portal/consult/mine.html", {"rows": rows})
