"""转回本人: a case that was filled in for somebody goes on in their own hands, confirmed over the second channel."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from onedoor.agency import models
from onedoor.agency.commands.confirming import locked, try_code
from onedoor.agency.commands.store import append, update
from onedoor.agency.queries import errands
from onedoor.agency.queries.keys import code_mark
from onedoor.agency.rules import Errand, acts
from onedoor.cases import commands as cases
from onedoor.kernel.actor import Actor
from onedoor.kernel.clock import local_date
from onedoor.notices import commands as notices
from onedoor.notices.rules import Channel


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
    about = notices.About(f"errand:{errand.number}", errand.area)
    mine = {"item": errand.item_name, "number": errand.number, "case": errand.case}
    notices.send(errand.applicant, "agency_taken_over", mine, at=at, about=about, channels=(Channel.SMS,))
    notices.send(errand.agent, "agency_handed", {"item": errand.item_name, "number": errand.number}, at=at, about=about)
    return errand
