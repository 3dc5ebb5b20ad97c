"""本人确认, over a second channel, and with it the submission; or no, and nothing is submitted."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from onedoor.access import queries as access
from onedoor.agency import models
from onedoor.agency.commands.store import append, update
from onedoor.agency.queries import errands
from onedoor.agency.queries.keys import code_mark, unseal, unseal_application
from onedoor.agency.rules import Errand, How, acts, is_applicant, target_of
from onedoor.agency.rules import events as e
from onedoor.cases import commands as cases
from onedoor.documents.rules import chinese_date
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Representation, system
from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Refused
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel as Way
from onedoor.vault import commands as vault
from onedoor.vault.rules import Binding

PLATFORM = system("agency")
BASIS = "本人确认的代办"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How the applicant confirmed: ``code`` as typed, ``papers`` scanned by whoever records it, ``note`` of a call."""

    how: How
    code: str = ""
    papers: Sequence[str] = ()
    note: str = ""


def confirm(number: str, *, by: Actor, at: datetime, given: Confirmation) -> Errand:
    """本人确认 and 提交申请, both or neither. A wrong code counts, whatever follows.

    Raises Invalid for a wrong code or what is missing, Refused where it no longer waits, Forbidden for the wrong
    person, and whatever the submission itself raises.
    """
    if given.how is How.CODE:
        try_code(number, given.code)
    return _confirm(number, by=by, at=at, given=given)


def code_fits(number: str, code: str) -> bool:
    """Whether this is the confirmation code of a waiting errand; the try counts. Refused after too many."""
    try:
        try_code(number, code)
    except Invalid:
        return False
    return True


def try_code(number: str, code: str) -> None:
    """Count one try of the code sent last, then look at it. Invalid for a wrong one, Refused after too many."""
    with transaction.atomic(durable=True):
        row = models.Errand.objects.select_for_update().filter(number=number).exclude(code="").first()
        most = errands.terms().tries
        if row is not None and row.tries >= most:
            raise Refused("tried_often", "确认码输错次数过多，已经作废。请重新发送确认码。")
        mark = code_mark("".join(code.split()), number)
        right = row is not None and hmac.compare_digest(mark, row.code)
        if row is not None and not right:
            models.Errand.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    if not right:
        raise Invalid([FieldError("code", "代办编号或者确认码不对。请对照短信核对。")])


@transaction.atomic(durable=True)
def _confirm(number: str, *, by: Actor, at: datetime, given: Confirmation) -> Errand:
    row, errand = locked(number, by)
    evidence = given.papers[0] if given.papers else ""
    acts.check_confirmation(errand, how=given.how, by=by, on=local_date(at), evidence=evidence, note=given.note)
    application = unseal_application(row.application or b"", row.number)
    if application.digest() != errand.digest:
        raise Refused("altered", "等确认的内容与代办人填写时不一致，不能提交。请重新代办。")
    if given.papers:
        vault.bind(list(given.papers), to=Binding(f"errand:{errand.id}", errand.area), by=by, at=at)
    handing = _empowered(errand, by, at)
    receipt = cases.receive(application, by=handing, at=at, key=f"errand:{errand.number}")
    confirmed = e.ErrandConfirmed(
        how=given.how,
        case=receipt.number,
        digest=errand.digest,
        officer=by.name if by.kind is ActorKind.STAFF else "",
        evidence=evidence,
        note=given.note.strip() or None,
    )
    errand = append(errand, [confirmed], id=errand.id, by=by, at=at)
    update(errand)
    values = {"agent": errand.agent_name, "item": errand.item_name, "number": errand.number, "case": receipt.number}
    _tell(errand, "agency_submitted", values, at=at)
    return errand


def _empowered(errand: Errand, by: Actor, at: datetime) -> Actor:
    """The agent, with what the applicant's confirmation gives for this one item and nothing else."""
    agent = by
    if by.ref != errand.agent:
        agent = access.actor_of(errand.agent, channel=Channel.WINDOW, on=local_date(at))
    one = Representation(
        errand.applicant, errand.applicant_name or "", frozenset({Act.SUBMIT}), BASIS, frozenset({errand.item})
    )
    return replace(agent, ref=errand.agent, channel=Channel.WINDOW, represents=(one,), simulated=by.simulated)


Decide = Callable[[Errand], tuple[e.Event, ...]]


@transaction.atomic(durable=True)
def refuse_errand(number: str, *, by: Actor, at: datetime, reason: str = "") -> Errand:
    """本人不同意: by the applicant, or recorded by the agent or an officer of the place."""
    return _end(number, lambda found: acts.refuse(found, by=by, on=local_date(at), reason=reason), by=by, at=at)


@transaction.atomic(durable=True)
def withdraw_errand(number: str, *, by: Actor, at: datetime, reason: str) -> Errand:
    """代办人撤销, with the reason; the applicant is told."""
    return _end(number, lambda found: acts.withdraw(found, by=by, on=local_date(at), reason=reason), by=by, at=at)


@transaction.atomic(durable=True)
def lapse_errand(number: str, *, at: datetime, by: Actor = PLATFORM) -> Errand:
    """到期: what nobody confirmed ends; the applicant is told."""
    return _end(number, lambda found: acts.lapse(found, local_date(at)), by=by, at=at)


@transaction.atomic(durable=True)
def remind_errand(number: str, *, at: datetime, by: Actor = PLATFORM) -> Errand:
    """提醒本人: what waits and will end soon; the code sent last still counts."""
    _, errand = locked(number, by)
    events = acts.remind(errand, errands.terms(), local_date(at))
    if events:
        errand = append(errand, events, id=errand.id, by=by, at=at)
        update(errand)
        due = chinese_date(errand.expires)
        values = {"agent": errand.agent_name, "item": errand.item_name, "number": errand.number, "due": due}
        _tell(errand, "agency_reminded", values, at=at)
    return errand


def remind_due(*, at: datetime) -> None:
    """Remind of every errand that will soon end unconfirmed."""
    for number in errands.due_to_be_reminded(local_date(at)):
        remind_errand(number, at=at)


def lapse_due(*, at: datetime) -> int:
    """Let every errand lapse whose last day has passed; how many did."""
    due = errands.due_to_lapse(local_date(at))
    for number in due:
        lapse_errand(number, at=at)
    return len(due)


def _end(number: str, decide: Decide, *, by: Actor, at: datetime) -> Errand:
    _, errand = locked(number, by)
    if not (is_applicant(errand, by) or by.ref == errand.agent or by.may(Act.RECEIVE, target_of(errand))):
        raise Forbidden
    events = decide(errand)
    if events:
        errand = append(errand, events, id=errand.id, by=by, at=at)
        update(errand)
        ended = {"errand_refused": "本人不同意", "errand_lapsed": "到期没有确认"}
        reason = ended.get(events[-1].kind) or f"代办人撤销，{errand.reason or ''}"[:60]
        values = {"item": errand.item_name, "number": errand.number, "reason": reason}
        _tell(errand, "agency_ended", values, at=at)
    return errand


def _tell(errand: Errand, template: str, values: Mapping[str, object], *, at: datetime) -> None:
    about = notices.About(f"errand:{errand.number}", errand.area)
    notices.send(errand.applicant, template, values, at=at, about=about, channels=(Way.SMS,))


def locked(number: str, by: Actor) -> tuple[models.Errand, Errand]:
    """The row and the errand, locked; NotFound where this actor may not see it."""
    row = models.Errand.objects.select_for_update().filter(number=number).first()
    if row is None or not errands.visible_to(by).filter(pk=row.pk).exists():
        raise NotFound(errands.UNKNOWN)
    return row, unseal(row.sealed, row.number)
