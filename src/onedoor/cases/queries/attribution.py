"""Who held a case for how long, by its journal and the office hours of its area."""

from __future__ import annotations

from datetime import datetime

from onedoor.areas import queries as areas
from onedoor.cases.queries.cases import CasePage
from onedoor.cases.rules import events as e
from onedoor.cases.rules.attribution import Attribution, attribution
from onedoor.items import queries as items


def attributed(page: CasePage, *, at: datetime) -> Attribution:
    """责任时间归集 of a case that the actor was given to see, up to ``at`` or 办结."""
    ids = {fact.event.to_version for fact in page.facts if isinstance(fact.event, e.CaseMoved)}
    submitted = {fact.event.item_version for fact in page.facts if isinstance(fact.event, e.Submitted)}
    versions = {id_: items.version(id_) for id_ in ids | submitted}
    return attribution(page.facts, versions, office=areas.office(page.case.area), until=at)
