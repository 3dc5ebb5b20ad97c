"""An application that is not handed in yet, as both faces show it to whoever must confirm it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from onedoor.agency import queries as agency
from onedoor.agency.rules import HOW_NAMES
from onedoor.cases.rules.application import situated
from onedoor.documents.rules import chinese_date
from onedoor.kernel.journey import clean_all
from onedoor.ui.cases import shown
from onedoor.ui.parts import Fact

if TYPE_CHECKING:
    from datetime import date

    from onedoor.cases.rules.application import Application
    from onedoor.items.rules import ItemVersion


def filled_facts(item: ItemVersion, application: Application, *, today: date, masked: bool = False) -> tuple[Fact, ...]:
    """Situations and answers that apply; ``masked``: numbers shown in part."""
    given, _ = situated(item, application.situations)
    facts = {**given, "applicant.kind": application.applicant.partition(":")[0], "applicant.agent": False}
    values = clean_all(item.form, application.answers, today=today, facts=facts).values
    situations = (
        Fact(each.question, next(option.label for option in each.options if option.value == given[each.key]))
        for each in item.situations
        if each.key in given
    )
    asked = (q for q in item.form.questions if q.key in values)
    return (*situations, *(Fact(q.label, shown(q, values[q.key], masked=masked)) for q in asked))


def acted_words(case: str) -> str:
    """Who filled a case in for the applicant, and how the applicant confirmed it; "" where nobody did."""
    acted = agency.acted_for(case)
    if acted is None:
        return ""
    one = acted.errand
    if one.handed_on:
        told = {"station_name": acted.station_name, "agent_name": acted.agent_name, "on": chinese_date(one.handed_on)}
        return _("原由%(station_name)s的%(agent_name)s代办，%(on)s转由本人接着办") % told
    how = f"；{HOW_NAMES[one.how]}，{chinese_date(timezone.localdate(one.confirmed_at))}" if one.how else ""
    return _("由%(station_name)s的%(agent_name)s代办，不收费%(how)s") % {
        "station_name": acted.station_name,
        "agent_name": acted.agent_name,
        "how": how,
    }
