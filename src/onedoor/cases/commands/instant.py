"""秒批, by a job right after the submission: the registers are asked, the read is recorded, the rule decides."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onedoor.areas import queries as areas
from onedoor.cases.commands.acting import PLATFORM, Doing, act
from onedoor.cases.queries.cases import answers_of, facts
from onedoor.cases.rules import events as e
from onedoor.cases.rules import instant
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case, State
from onedoor.items.rules import offers
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.expr import Value
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading


@transaction.atomic(durable=True)
def decide_instantly(number: str, *, at: datetime, by: Actor = PLATFORM) -> Case:
    """秒批 where the item's rule is met; else nothing happens and people go on with the case. Safe to do twice."""

    def decide(case: Case, now: Occasion) -> tuple[e.Event, ...]:
        if now.item.instant is None or case.state is not State.SUBMITTED:
            return ()
        known = _known(case, by=by, at=at, on=now.on)
        return instant.decide_by_rule(case, now, answers=answers_of(facts(case.id)) or {}, known=known)

    return act(number, Doing(by, at, None, (Act.DECIDE,)), decide)


def _known(case: Case, *, by: Actor, at: datetime, on: date) -> dict[str, Value]:
    """What the register of persons says of the applicant; of a company it says nothing here."""
    if not case.applicant.startswith("person:"):
        return {}
    reading = Reading(f"“{case.item_name}”按规则自动审核", at, case=case.number, target=target_of(case))
    fields = registries.prefill(case.applicant, by=by, reading=reading)
    born = fields.get("person.birth_date", "")
    return offers.facts_of(
        born=date.fromisoformat(born) if born else None,
        sex=fields.get("person.sex", ""),
        area=fields.get("person.area", ""),
        county=areas.county().code[:6],
        today=on,
    )
