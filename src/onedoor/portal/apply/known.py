"""What the registers know already and the form need not ask: shown, marked, and open to correction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.areas import queries as areas
from onedoor.items.rules import offers
from onedoor.items.rules.facts import registered
from onedoor.kernel.actor import Target
from onedoor.kernel.errors import Forbidden, NotFound
from onedoor.kernel.journey import Form, Page, clean_page
from onedoor.licences import queries as licences
from onedoor.portal.visitor import own_party
from onedoor.registries import queries as registries
from onedoor.registries.rules import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onedoor.items.rules import ItemVersion
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.journey import Answer, Question

SOURCES = {"person": gettext_lazy("人口库"), "entity": gettext_lazy("法人库"), "licence": gettext_lazy("电子证照库")}
_OTHER_NAMES = {"person.mobile": "person.phone", "entity.legal_representative_id": "person.id_number"}


def source_of(question: Question) -> str:
    """Where a prefilled answer was taken from, in words."""
    return str(SOURCES.get(_register(question.prefill), _("登记信息")))


def known_answers(item: ItemVersion, applicant: str, *, by: Actor, at: datetime, today: date) -> dict[str, Answer]:
    """Answers by question key, only those that pass the form's own checks. Each read is recorded with its purpose."""
    wanted = {_OTHER_NAMES.get(q.prefill, q.prefill) for q in item.form.questions if q.prefill}
    fields = fields_of(item, applicant, by=by, at=at, wanted=wanted, purpose=_("预填申请表"))
    found: dict[str, Answer] = {}
    for question in item.form.questions:
        value = fields.get(_OTHER_NAMES.get(question.prefill, question.prefill), "") if question.prefill else ""
        if value:
            found |= _clean(question, value, today)
    return found


def known_situations(item: ItemVersion, applicant: str, *, by: Actor, at: datetime, today: date) -> dict[str, str]:
    """Situations by their key that the register of persons answers for the applicant; the read of it is recorded."""
    if not (applicant.startswith("person:") and any(situation.known for situation in item.situations)):
        return {}
    fields = fields_of(item, applicant, by=by, at=at, wanted={"person.area"}, purpose=_("判断您的情形"))
    born = fields.get("person.birth_date", "")
    facts = offers.facts_of(
        born=date.fromisoformat(born) if born else None,
        sex=fields.get("person.sex", ""),
        area=fields.get("person.area", ""),
        county=areas.county().code[:6],
        today=today,
    )
    return registered(item, facts)


def chosen_situations(item: ItemVersion, query: Mapping[str, str]) -> dict[str, str]:
    """Those that somebody chose in the guide, as its address says them."""
    return {
        situation.key: query[situation.key]
        for situation in item.situations
        if query.get(situation.key, "") in {option.value for option in situation.options}
    }


def fields_of(
    item: ItemVersion, applicant: str, *, by: Actor, at: datetime, wanted: set[str], purpose: str
) -> Mapping[str, str]:
    """An applicant's own fields and the licence that it holds; the contact of a company is whoever fills in."""
    parties = {applicant} if applicant.startswith("person:") else {applicant, own_party(by)} - {""}
    registers = {_register(key) for key in wanted}
    fields: dict[str, str] = {}
    for party in sorted(parties):
        target = Target(frozenset({item.organ}), item.area, party, item.code)
        reading = Reading(f"网上申请“{item.name}”，{purpose}", at, target=target)
        with suppress(NotFound, Forbidden):  # unknown, or a mandate to apply that does not let the agent look
            if party == applicant and licences.NUMBER in wanted:
                named = {"issuer": item.organ, "name": item.result.name}
                fields[licences.NUMBER] = licences.only_held(party, by=by, reading=reading, **named)
            if _register(party, ":") in registers:
                fields |= registries.prefill(party, by=by, reading=reading)
    return fields


def _register(key: str, mark: str = ".") -> str:
    return key.partition(mark)[0]


def _clean(question: Question, value: str, today: date) -> dict[str, Answer]:
    alone = Form((Page("one", "", (replace(question, when=None),)),))
    return dict(clean_page(alone, "one", {question.key: value}, today=today).values)
