"""Who held a case for how long, by its journal and the office hours of its area."""

from __future__ import annotations

from datetime import datetime

from onedoor.areas import queries as areas
from onedoor.cases.queries.cases import CasePage
from onedoor.cases.rules.attribution import Attribution, attribution


def attributed(page: CasePage, *, at: datetime) -> Attribution:
    """责任时间归集 of a case that the actor was given to see, up to ``at`` or 办结."""
    return attribution(page.facts, page.item, office=areas.office(page.case.area), until=at)
