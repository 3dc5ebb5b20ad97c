"""What the registers say of whoever applies, for a rule that the platform applies by itself; each read is recorded."""

from __future__ import annotations

from datetime import date, datetime

from onedoor.areas import queries as areas
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case
from onedoor.items.rules import offers
from onedoor.kernel.actor import Actor
from onedoor.kernel.expr import Value
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading


def known_of(case: Case, *, by: Actor, at: datetime, on: date) -> dict[str, Value]:
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
