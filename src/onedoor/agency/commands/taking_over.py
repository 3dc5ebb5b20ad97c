"""转回本人: a case that was filled in for somebody goes on in their own hands, confirmed over the second channel."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from onedoor.agency import models
from onedoor.agency.commands.confirming import locked, try_code
from onedoor.agency.commands.store import append, update
from onedoor.agency.queries import errands
from onedoor.agency.queries.keys import code_mark
from onedoor.agency.rules import Errand, Shown, acts
from onedoor.cases import commands as cases
from onedoor.kernel.actor import Act, Actor, Representation
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import normalise
from onedoor.kernel.errors import NotFound
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel
from onedoor.registries import queries as registries
from onedoor.registries.rules import PartyKind


@transaction.atomic(durable=True)
def ask_takeover(number: str, *, by: Actor, at: datetime) -> Errand:
    """发转回本人的确认码, to the phone in the register, by the agent or the applicant; the code before is void."""
    _, errand = locked(number, by)
    rules = errands.terms()
    errand = append(errand, acts.ask_takeover(errand, rules, by=by), id=errand.id, by=by, at=at)
    update(errand)
    code = f"{secrets.randbelow(10**rules.digits):0{rules.digits}d}"
    models.Errand.objects.filter(pk=errand.id).update(code=code_mark(code, errand.number), tries=0)
    values = {"agent": errand.agent_name, "item": errand.item_name, "number": errand.number, "code": code}
    about = notices.About(f"errand:{errand.number}", errand.area)
    notices.send(errand.applicant, "agency_takeover", values, at=at, about=about, channels=(Channel.SMS,))
    return errand


def take_over(number: str, *, by: Actor, at: datetime, code: str) -> Errand:
    """转回本人, by the applicant signed in to their own account: the agency ends, for the errand and for its case.

    From then on the agent and the station see neither, and the query password that the agent knew opens nothing. A
    wrong code counts, whatever follows. Raises Invalid for a wrong code, Refused or Forbidden as the rule says.
    """
    try_code(number, code)
    return _take_over(number, by=by, at=at)


@transaction.atomic(durable=True)
def _take_over(number: str, *, by: Actor, at: datetime) -> Errand:
    _, errand = locked(number, by)
    errand = append(errand, acts.take_over(errand, by=by, on=local_date(at)), id=errand.id, by=by, at=at)
    update(errand)
    cases.end_agency_within(errand.case, by=by, at=at)
    _tell(errand, "agency_taken_over", at=at)
    return errand


@transaction.atomic(durable=True)
def end_at_window(number: str, shown: Shown, *, by: Actor, at: datetime) -> Errand:
    """当面结束代办, by staff of the place, for an applicant whom no code reaches; the agency ends as by ``take_over``.

    Nothing but this lies in the applicant's presence, and whoever ended it may not act on the case for that. A second
    press changes nothing. Raises Invalid for another's number, Refused or Forbidden as the rule says.
    """
    try:
        _, errand = locked(number, by)
    except NotFound:
        if done := errands.ended_by(by, number):
            return done
        raise
    ended = acts.end_at_window(errand, shown, by=by, on=local_date(at), own=_is_own(errand, shown.number))
    errand = append(errand, ended, id=errand.id, by=by, at=at)
    update(errand)
    present = Representation(errand.applicant, "", frozenset({Act.VIEW, Act.SUPPLEMENT}), "本人当面")
    cases.end_agency_within(errand.case, by=replace(by, represents=(present,)), at=at)
    _tell(errand, "agency_ended_at_window", at=at)
    return errand


def _is_own(errand: Errand, number: str) -> bool:
    """Whether the number is the applicant's, or that of a company's 法定代表人; nothing of the register is read."""
    person, kind = registries.person_ref(normalise(number)), errand.applicant.partition(":")[0]
    if person is None or kind == PartyKind.PERSON:
        return person == errand.applicant
    return errand.applicant in {one.ref for one in registries.entities_represented_by(person)}


def _tell(errand: Errand, template: str, *, at: datetime) -> None:
    about = notices.About(f"errand:{errand.number}", errand.area)
    mine = {"item": errand.item_name, "number": errand.number, "case": errand.case}
    notices.send(errand.applicant, template, mine, at=at, about=about, channels=(Channel.SMS,))
    notices.send(errand.agent, "agency_handed", {"item": errand.item_name, "number": errand.number}, at=at, about=about)
