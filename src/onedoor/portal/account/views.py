"""我的, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.cases import queries as cases
from onedoor.kernel.actor import ActorKind
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound
from onedoor.notices import commands as notices_commands
from onedoor.notices import queries as notices
from onedoor.portal.account import licences
from onedoor.portal.relay.words import tag_of
from onedoor.portal.track.lists import lines
from onedoor.portal.visitor import OF_RIGHT, actor_of, citizens_only, known_person
from onedoor.registries import queries as registries
from onedoor.relay import queries as relays

if TYPE_CHECKING:
    from django.http import HttpRequest

    from onedoor.kernel.actor import Actor
    from onedoor.registries.rules import ReadRecord

MESSAGES = 50
RELAYS = 50
FIELDS = {
    "person.name": gettext_lazy("姓名"),
    "person.id_number": gettext_lazy("身份证号"),
    "person.sex": gettext_lazy("性别"),
    "person.birth_date": gettext_lazy("出生日期"),
    "person.phone": gettext_lazy("电话"),
    "person.area": gettext_lazy("所在地"),
    "person.address": gettext_lazy("住址"),
    "person.history": gettext_lazy("历次登记"),
    "entity.name": gettext_lazy("名称"),
    "entity.uscc": gettext_lazy("统一社会信用代码"),
    "entity.kind": gettext_lazy("类别"),
    "entity.area": gettext_lazy("所在地"),
    "entity.address": gettext_lazy("住所"),
    "entity.phone": gettext_lazy("电话"),
    "entity.status": gettext_lazy("登记状态"),
    "entity.legal_representative": gettext_lazy("法定代表人"),
    "licence.number": gettext_lazy("证照编号"),
}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One read of somebody's data, in words."""

    record: ReadRecord
    party: str
    fields: str
    own: bool


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我的: what I began, what runs, what I hold. Without sign-in: what this page is for."""
    actor = actor_of(request)
    if not known_person(actor):
        return render(request, "portal/account/outside.html", {"needs": _why_not(actor)})
    today, listed = local_date(timezone.now()), cases.listing(by=actor)
    context = {
        "drafts": cases.drafts(by=actor),
        "cases": lines(listed, today=today, unpaid=cases.asked_to_pay([row.number for row in listed], by=actor)),
        "relays": [(one, tag_of(one)) for one in relays.own(by=actor)[:RELAYS]],
        "licences": licences.lines(by=actor, on=today),
        "unread": notices.unread_count(by=actor),
        "parties": actor.represents,
    }
    return render(request, "portal/account/mine.html", context)


def _why_not(actor: Actor) -> str:
    if actor.kind is ActorKind.ANONYMOUS:
        return "sign_in"
    return "real_name" if actor.kind is ActorKind.CITIZEN else "staff"


@never_cache
@require_safe
@citizens_only
def messages(request: HttpRequest) -> HttpResponse:
    """Messages, the newest first; a case's message leads to the case."""
    found = notices.inbox(by=actor_of(request), before=_before(request), limit=MESSAGES)
    rows = [(message, *_led_to(message.subject, message.template)) for message in found]
    more = found[-1].id if len(found) == MESSAGES else None
    return render(request, "portal/account/messages.html", {"rows": rows, "more": more})


def _led_to(subject: str, template: str) -> tuple[str, str]:
    """The address that a message is about, and the number that stands in it; both "" for none.

    Of somebody else's case (利害关系人) only what concerns the reader opens.
    """
    kind, _, number = subject.partition(":")
    case = "portal:heard" if template.endswith("_other") else "portal:case"
    routes = {
        "case": case,
        "question": "portal:ask_question",
        "errand": "portal:agency_errand",
        "relay": "portal:relay_own",
    }
    return (reverse(routes[kind], args=[number]), number) if kind in routes and number else ("", "")


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@require_POST
@citizens_only
def read(request: HttpRequest) -> HttpResponse:
    """Mark every message shown as read."""
    actor = actor_of(request)
    unread = [message.id for message in notices.inbox(by=actor, unread=True, limit=500)]
    if unread:
        notices_commands.mark_read(unread, by=actor, at=timezone.now())
    return redirect("portal:messages")


@never_cache
@require_safe
@citizens_only
def readings(request: HttpRequest) -> HttpResponse:
    """谁看过我的信息: every read of my register entries, with purpose and case (个人信息保护法 §44)."""
    actor = actor_of(request)
    parties = {r.party: r.name for r in actor.represents if r.basis in OF_RIGHT}
    found = [
        ReadLine(record, name, "、".join(map(_field, record.fields)), record.by == actor.ref)
        for party, name in parties.items()
        for record in _readings_of(party, actor)
    ]
    found.sort(key=lambda line: line.record.at, reverse=True)
    return render(request, "portal/account/readings.html", {"readings": found})


def _field(key: str) -> str:
    return str(FIELDS.get(key, _("其他")))


def _readings_of(party: str, actor: Actor) -> tuple[ReadRecord, ...]:
    """None where a guardian's mandate is too narrow to show them."""
    try:
        return registries.readings_of(party, by=actor)
    except NotFound:
        return ()
