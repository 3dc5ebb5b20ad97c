"""提问: by whoever is signed in, or by whoever leaves a phone number and gets a query code."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from onedoor.areas import queries as areas
from onedoor.hotline import models
from onedoor.hotline.commands.acts import tell
from onedoor.hotline.commands.limits import charge, forgive
from onedoor.hotline.commands.store import append, columns
from onedoor.hotline.queries.keys import place_name, query_code, unseal
from onedoor.hotline.queries.service import service
from onedoor.hotline.rules import Question
from onedoor.hotline.rules import events as e
from onedoor.hotline.rules.acts import check_text
from onedoor.items import queries as items
from onedoor.kernel.actor import Actor, ActorKind
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Refused

LONGEST_KEY, LONGEST_NAME, MOST_GUESSES = 100, 40, 5
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a citizen sends. ``item`` "" = in general; ``phone`` only of whoever has not signed in."""

    text: str
    item: str = ""
    area: str = ""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The number, the query code, and by when the answer is owed."""

    number: str
    code: str
    due: date


@transaction.atomic(durable=True)
def ask(asking: Asking, *, by: Actor, at: datetime, key: str) -> Asked:
    """提问. The organ of the item owes the answer; without one the dispatching desk finds it.

    The same key returns the same question. Raises Invalid with every fault, Forbidden for staff.
    """
    if by.kind is ActorKind.STAFF:
        raise Forbidden("工作人员账号不能提问。请用自己的个人账号，或者不登录、留手机号提问。")
    _check(asking, by, key)
    before = models.Question.objects.filter(key=key).first()
    if before is not None:
        return _again(before, asking)
    item = items.published(asking.item) if asking.item else None
    county, on = areas.county().code, local_date(at)
    area = areas.division(asking.area).code if asking.area else (item.area if item else county)
    end = service().due(on, areas.calendar(area))
    id = _next_id()
    number = f"ZX{on:%Y%m%d}{id % 1_000_000:06d}"
    asked = e.QuestionAsked(
        id=id,
        number=number,
        asker=_asker(by) or f"asker:{number}",
        item=asking.item,
        item_name=item.name if item else "",
        organ=item.organ if item else "",
        area=area,
        due=end.date,
        provisional=end.provisional,
        text=asking.text.strip(),
        asker_name=asking.name.strip() or (by.name if _asker(by) else None),
        phone=asking.phone.strip() or None,
    )
    question = append(None, [asked], id=id, by=by, at=at)
    models.Question(id=id, key=key, **columns(question)).save(force_insert=True)
    tell(question, "question_received", at=at)
    return Asked(number, query_code(number), end.date)


def may_ask(phone: str, *, at: datetime, address: str) -> None:
    """Count one question under the phone and the network address. Refused where a day's limit is reached."""
    rules = service()
    limits = {place_name(f"ask {address}"): rules.most_of_address}
    if phone:
        limits[place_name(f"ask {phone}")] = rules.most_a_day
    if not charge(limits, at=at):
        raise Refused("too_many", "今天提问次数过多，请明天再问，或者打电话问。")


def check_code(number: str, given: str, *, at: datetime, address: str) -> bool:
    """Whether this is the question's query code. Each guess counts; Refused where the day's limit is reached."""
    limits = {f"q{number[:20]}": MOST_GUESSES, place_name(address): service().most_of_address}
    if not charge(limits, at=at):
        raise Refused("too_many", "今天输错次数过多，请明天再试，或者打电话问。")
    right = hmac.compare_digest(query_code(number).encode(), "".join(given.split()).encode())
    if not (right and models.Question.objects.filter(number=number).exists()):
        return False
    forgive(limits, at=at)
    return True


def _asker(by: Actor) -> str:
    if by.kind is not ActorKind.CITIZEN or by.ref.startswith(("asker:", "bearer:")):
        return ""
    return next((r.party for r in by.represents if r.basis == "本人"), by.ref)


def _check(asking: Asking, by: Actor, key: str) -> None:
    errors = []
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        errors.append(FieldError("text", "页面已过期，请刷新后重新提交。"))
    try:
        check_text(asking.text)
    except Invalid as fault:
        errors += fault.errors
    if not _asker(by) and not _MOBILE.fullmatch(asking.phone.strip()):
        errors.append(FieldError("phone", "请填写 11 位手机号码，答复好了发短信告诉您。登录后提问可以不填。"))
    if len(asking.name) > LONGEST_NAME:
        errors.append(FieldError("name", f"称呼请控制在 {LONGEST_NAME} 字以内。"))
    errors += _known(asking)
    if errors:
        raise Invalid(errors)


def _known(asking: Asking) -> list[FieldError]:
    errors = []
    try:
        if asking.item:
            items.published(asking.item)
    except NotFound:
        errors.append(FieldError("item", "没有这个事项，请重新选择，或者不选。"))
    try:
        if asking.area:
            areas.division(asking.area)
    except NotFound:
        errors.append(FieldError("area", "没有这个地方，请重新选择。"))
    return errors


def _again(row: models.Question, asking: Asking) -> Asked:
    first: Question = unseal(row.sealed, row.number)
    if first.turns[0].text != asking.text.strip():
        raise Conflict("这个页面已经提交过另一个问题。请刷新页面后再提问。")
    return Asked(row.number, query_code(row.number), first.turns[0].due)


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('hotline_question', 'id'))")
        return int(cursor.fetchone()[0])
