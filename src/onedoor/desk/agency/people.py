"""For whom: a villager by the identity card shown, entered in the register where it does not know them yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from django.core import signing
from django.http import Http404
from django.utils.translation import gettext as _

from onedoor.agency.rules import is_agent
from onedoor.desk.frame import actor_of, staff_only
from onedoor.kernel.actor import Act, Actor, Channel, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise, why_not_id_number
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound
from onedoor.kernel.journey import Form, Page, Question, QuestionKind, clean_page
from onedoor.registries import commands
from onedoor.registries import queries as registries
from onedoor.registries.rules import PersonFacts, Reading, Source
from onedoor.ui.fields import raw_answers

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase, QueryDict

View = Callable[..., "HttpResponseBase"]
SALT = "desk.agency.villager"
LASTS_SECONDS = 12 * 3600


def number_question() -> Question:
    """The villager's number, as it stands on the card."""
    hint = _("照身份证输入。查看登记信息会留下记录，本人可以看到。")
    return Question("number", _("群众的身份证号码"), QuestionKind.ID_NUMBER, hint=hint)


def entered_form() -> Form:
    """What is asked about a villager whom the register does not know."""
    hint = _("没有的不填，用纸上签名确认。")
    return Form((Page("person", _("登记"), (
        Question("name", _("姓名"), QuestionKind.PERSON_NAME, hint=_("照身份证填写。")),
        Question("phone", _("手机号码"), QuestionKind.PHONE, required=False, hint=hint),
        Question("area", _("家在哪里"), QuestionKind.AREA),
        Question("address", _("地址"), QuestionKind.ADDRESS, required=False),
    )),))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """The villager, or what must be asked to enter them."""

    party: str = ""
    number: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of somebody whom the register does not know."""
        return () if self.party else entered_form().questions


def agents_only(view: View) -> View:
    """Only officers who receive somewhere come in: agents, and those who call back for them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not actor_of(request).has(Act.RECEIVE):
            raise Http404
        return view(request, *args, **kwargs)

    return staff_only(guarded)


def agent_of(request: HttpRequest) -> Actor:
    """The officer, at the station."""
    return actor_of(request).through(Channel.WINDOW)


def filler_of(request: HttpRequest) -> Actor:
    """Whoever fills in: a township's or a village's own agent; NotFound for all others."""
    by = agent_of(request)
    if not is_agent(by):
        raise NotFound(_("代办由乡镇、村（社区）的代办员填写。"))
    return by


def place_of(by: Actor) -> Target:
    """The station at which this officer receives: what a read is aimed at."""
    grant = next(grant for grant in by.grants if Act.RECEIVE in grant.acts)
    return Target(frozenset({grant.organ} if grant.organ else ()), grant.area)


def look_up(data: QueryDict, *, by: Actor, at: datetime) -> Found:
    """The villager of the number typed. Invalid for a number that is none; the read is recorded."""
    number = normalise(data.get("number", ""))
    if fault := why_not_id_number(number, local_date(at)):
        raise Invalid([FieldError("number", f"{fault}。" if number else _("请输入身份证号码。"))])
    reading = Reading("代办：核对群众的身份", at, target=place_of(by))
    person = registries.find_person_by_id_number(number, by=by, reading=reading)
    return Found(person.ref if person else "", number)


def enter(found: Found, data: QueryDict, *, by: Actor, at: datetime) -> str:
    """Enter a villager whom the register does not know; the party. Invalid with every fault at once."""
    form = entered_form()
    cleaned = clean_page(form, "person", raw_answers(data, form.questions), today=local_date(at))
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    given = {key: str(value) for key, value in cleaned.values.items()}
    facts = PersonFacts(**given, source=Source.WINDOW)  # type: ignore[arg-type]
    try:
        return commands.register_person(found.number, facts=facts, by=by, at=at)
    except Forbidden as fault:
        raise Invalid([FieldError("area", _("这个地方不在本站的服务范围内。"))]) from fault


def pack(party: str, *, by: Actor) -> str:
    """The villager as they stand in an address: good for this agent, today."""
    return signing.dumps([by.ref, party], salt=SALT)


def unpack(text: str, *, by: Actor) -> str:
    """The villager of an address. NotFound where it was altered, is another agent's, or is of yesterday."""
    try:
        agent, party = signing.loads(text, salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        agent = party = ""
    if agent != by.ref:
        raise NotFound(_("这次代办的页面已经过期。请回到“代办”重新输入身份证号码。"))
    return str(party)
