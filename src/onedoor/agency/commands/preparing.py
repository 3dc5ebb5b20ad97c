"""代办填好: filled in for the applicant, checked like any application, and kept until the applicant confirms."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from onedoor.agency import models
from onedoor.agency.commands.store import append, columns, update
from onedoor.agency.queries import errands
from onedoor.agency.queries.keys import code_mark, seal_application, unseal
from onedoor.agency.rules import Errand, acts, agent_grant
from onedoor.agency.rules import events as e
from onedoor.cases.commands.submission import case_area
from onedoor.cases.rules.application import Application, clean
from onedoor.items import queries as items
from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.orgs import queries as orgs
from onedoor.registries import queries as registries

LONGEST_KEY = 100


@transaction.atomic(durable=True)
def prepare(application: Application, *, by: Actor, at: datetime, key: str) -> Errand:
    """代办填好. The same key with the same content returns the same errand; a confirmation code goes out at once.

    Raises Forbidden outside the agent's place and for paper that this agent may not take in, Refused where the item
    may not be done for people, Invalid with every fault of form and materials.
    """
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid([FieldError("key", "页面已过期，请刷新后重新提交。")])
    item, on = items.published(application.item), local_date(at)
    acts.may_be_done_for(offered=item.agent, name=item.name)
    filled = replace(application, agent=by.ref)
    answers = clean(filled, item, today=on, mandated=True)
    area = case_area(item.form, answers) or registries.party(application.applicant).area or item.area
    grant = agent_grant(by, area)
    target = Target(frozenset({item.organ}), area, application.applicant, item.code)
    if filled.from_window and not by.may(Act.RECEIVE, target):
        raise Forbidden("这个事项的纸质材料要交给办理机关，代办请上传扫描件或者照片。")
    before = models.Errand.objects.filter(agent=by.ref, key=key).first()
    if before is not None:
        return _again(before, filled)
    id = _next_id()
    prepared = e.ErrandPrepared(
        id=id,
        number=f"DB{on:%Y%m%d}{id % 1_000_000:06d}",
        agent=by.ref,
        agent_name=by.name,
        station=grant.organ or item.organ,
        applicant=application.applicant,
        applicant_name=registries.party(application.applicant).name,
        item=item.code,
        item_name=item.name,
        organ=item.organ,
        area=area,
        digest=filled.digest(),
        expires=errands.terms().expires(on),
    )
    errand = append(None, [prepared], id=id, by=by, at=at)
    _keep(errand, filled, key=key)
    return send_code_within(errand, by=by, at=at)


def _keep(errand: Errand, filled: Application, *, key: str) -> None:
    named = replace(filled, agent_name=errand.agent_name, agent_station=orgs.organ(errand.station).name)
    sealed = seal_application(named, errand.number)
    models.Errand(id=errand.id, key=key, application=sealed, **columns(errand)).save(force_insert=True)


@transaction.atomic(durable=True)
def send_code(number: str, *, by: Actor, at: datetime) -> Errand:
    """再发一个确认码, to the phone in the register; the one before is void."""
    row = models.Errand.objects.select_for_update().filter(number=number).first()
    if row is None or not errands.visible_to(by).filter(pk=row.pk).exists():
        raise NotFound(errands.UNKNOWN)
    errand = unseal(row.sealed, row.number)
    if by.ref != errand.agent:
        raise Forbidden("确认码由代办人发送。")
    return send_code_within(errand, by=by, at=at)


def send_code_within(errand: Errand, *, by: Actor, at: datetime) -> Errand:
    """``send_code`` inside the caller's transaction. The code stands in the short message alone."""
    rules = errands.terms()
    errand = append(errand, acts.ask_confirmation(errand, rules, local_date(at)), id=errand.id, by=by, at=at)
    update(errand)
    code = f"{secrets.randbelow(10**rules.digits):0{rules.digits}d}"
    models.Errand.objects.filter(pk=errand.id).update(code=code_mark(code, errand.number), tries=0)
    values = {"agent": errand.agent_name, "item": errand.item_name, "number": errand.number, "code": code}
    about = notices.About(f"errand:{errand.number}", errand.area)
    notices.send(errand.applicant, "agency_waiting", values, at=at, about=about, channels=(Channel.SMS,))
    return errand


def _again(row: models.Errand, application: Application) -> Errand:
    errand = unseal(row.sealed, row.number)
    if errand.digest != application.digest():
        raise Conflict("这个页面已经用于另一次代办。请刷新页面后重新填写。")
    return errand


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('agency_errand', 'id'))")
        return int(cursor.fetchone()[0])
