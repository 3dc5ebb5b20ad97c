"""What the registers know of whoever stands here and the form need not ask: filled in, open to correction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from onedoor.kernel.clock import local_date
from onedoor.kernel.errors import NotFound
from onedoor.kernel.journey import Form, Page, clean_page
from onedoor.licences import queries as licences
from onedoor.registries import queries as registries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from onedoor.items.rules import ItemVersion
    from onedoor.kernel.actor import Actor
    from onedoor.kernel.journey import Question
    from onedoor.registries.rules import Reading

_OTHER_NAMES: Final = {"person.mobile": "person.phone", "entity.legal_representative_id": "person.id_number"}


def known_answers(
    item: ItemVersion, applicant: str, *, by: Actor, reading: Reading, beside: Iterable[str] = ()
) -> dict[str, str | list[str]]:
    """Answers by question key, only those that pass the form's own checks. Each read is recorded.

    ``beside``: whoever fills in for a company.
    """
    wanted = {q.key: _OTHER_NAMES.get(q.prefill, q.prefill) for q in item.form.questions if q.prefill}
    fields: dict[str, str] = {}
    for party in dict.fromkeys((applicant, *beside)):
        if any(name.startswith(f"{party.partition(':')[0]}.") for name in wanted.values()):
            fields |= _prefill(party, by=by, reading=reading)
    if licences.NUMBER in wanted.values():
        named = {"issuer": item.organ, "name": item.result.name}
        fields[licences.NUMBER] = licences.only_held(applicant, by=by, reading=reading, **named)
    today = local_date(reading.at)
    return {
        question.key: fields[wanted[question.key]]
        for question in item.form.questions
        if fields.get(wanted.get(question.key, "")) and _fits(question, fields[wanted[question.key]], today)
    }


def _prefill(party: str, *, by: Actor, reading: Reading) -> Mapping[str, str]:
    try:
        return registries.prefill(party, by=by, reading=reading)
    except NotFound:
        return {}


def _fits(question: Question, value: str, today: date) -> bool:
    alone = Form((Page("one", "", (replace(question, when=None),)),))
    return not clean_page(alone, "one", {question.key: value}, today=today).errors
