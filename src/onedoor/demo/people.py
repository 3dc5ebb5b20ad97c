"""The invented persons and legal entities, entered in the registers, and what each would write in a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from onedoor.access import commands as access
from onedoor.access.rules import APPLICANT_ACTS, MandateKind, MandateTerms
from onedoor.demo import data
from onedoor.kernel.actor import Actor
from onedoor.kernel.codes import make_id_number, make_uscc
from onedoor.registries import commands as registries
from onedoor.registries.rules import EntityFacts, EntityKind, PersonFacts, Source

ADULT_YEARS = 18


@dataclass(frozen=True, slots=True)
class Applicant:
    """One invented party. ``values`` are its entries under the keys that forms prefill from."""

    key: str
    ref: str
    name: str
    area: str
    values: Mapping[str, str]
    account: str = ""
    head: str = ""  # the key of the person who signs in for it


def enter(*, by: Actor, at: datetime) -> dict[str, Applicant]:
    """Enter everybody; the key of the file leads to each."""
    told = data.read("people")
    found: dict[str, Applicant] = {}
    for row in told["persons"]:
        found[row["key"]] = _person(row, by=by, at=at)
    for row in told["persons"]:
        if "guardian" in row:
            found[row["key"]] = _guarded(row, found, by=by, at=at)
    for row in told["entities"]:
        found[row["key"]] = _entity(row, found[row["head"]], by=by, at=at)
    return found


def _person(row: Mapping[str, Any], *, by: Actor, at: datetime) -> Applicant:
    number = make_id_number("530524", row["born"], row["sequence"])
    phone, address = row.get("phone", ""), row.get("address", "")
    household = row.get("household", row["area"])
    facts = PersonFacts(name=row["name"], area=household, address=address, phone=phone, source=Source.SAMPLE)
    ref = registries.register_person(number, facts=facts, by=by, at=at)
    values = {
        "person.name": row["name"],
        "person.id_number": number,
        "person.mobile": phone,
        "person.address": address or "云南省保山市昌宁县田园镇龙井社区",
    }
    return Applicant(row["key"], ref, row["name"], row["area"], values, row.get("account", ""))


def _guarded(row: Mapping[str, Any], found: Mapping[str, Applicant], *, by: Actor, at: datetime) -> Applicant:
    """A child acts through a parent: the mandate ends the day before it comes of age (民法典 §17)."""
    child, parent = found[row["key"]], found[row["guardian"]]
    born: date = row["born"]
    last = born.replace(year=born.year + ADULT_YEARS) - timedelta(days=1)
    terms = MandateTerms(MandateKind.GUARDIAN, child.ref, parent.ref, APPLICANT_ACTS, born, last)
    access.grant_mandate(terms, by=by, at=at)
    values = {**child.values, "person.mobile": parent.values["person.mobile"]}
    return Applicant(child.key, child.ref, child.name, child.area, values, head=parent.key)


def _entity(row: Mapping[str, Any], head: Applicant, *, by: Actor, at: datetime) -> Applicant:
    code = make_uscc(row["code"], row["subject"])
    facts = EntityFacts(
        name=row["name"],
        kind=EntityKind(row["kind"]),
        legal_representative=head.ref,
        area=row["area"],
        address=row["address"],
        phone=row["phone"],
        source=Source.SAMPLE,
    )
    ref = registries.register_entity(code, facts=facts, by=by, at=at)
    values = {
        **head.values,
        "entity.name": row["name"],
        "entity.uscc": code,
        "entity.address": row["address"],
        "entity.legal_representative": head.name,
        "entity.legal_representative_id": head.values["person.id_number"],
    }
    return Applicant(row["key"], ref, row["name"], row["area"], values, head=head.key)
