"""查询: over all cases that an officer may see, the latest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onedoor.cases import models
from onedoor.cases.queries.cases import Row, row_value, visible_to
from onedoor.cases.rules.values import State
from onedoor.kernel.actor import Actor

PAGE = 25
MOST_PAGES = 400
LATEST = 1000


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: a number from its beginning, a whole name, or words of an item; "" and None ask nothing.

    ``state``: a state, or "open" for everything not yet 办结. The days of receipt both count.
    """

    q: str = ""
    item: str = ""
    organ: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and whether there is another."""

    rows: tuple[Row, ...]
    page: int
    more: bool


def search(sought: Sought, *, by: Actor, page: int = 1) -> Found:
    """One page of the cases that this actor may see and that answer all conditions."""
    page = min(max(1, page), MOST_PAGES)
    start = (page - 1) * PAGE
    rows = _answering(visible_to(by), sought).order_by("-pk")[start : start + PAGE + 1]
    found = tuple(map(row_value, rows))
    return Found(found[:PAGE], page, len(found) > PAGE)


def searchable_items(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """The items of the latest ``LATEST`` cases that this actor may see, code and name: nothing grows with history."""
    named: dict[str, str] = {}
    for code, name in visible_to(by).order_by("-pk").values_list("item", "item_name")[:LATEST]:
        named.setdefault(code, name)
    return tuple(sorted(named.items()))


def _answering(found: QuerySet[models.Case], sought: Sought) -> QuerySet[models.Case]:
    if sought.q:
        q = sought.q
        found = found.filter(Q(number__startswith=q) | Q(applicant_name=q) | Q(item_name__contains=q))
    if sought.state == "open":
        found = found.exclude(state=State.CLOSED)
    elif sought.state:
        found = found.filter(state=sought.state)
    asked = {
        "item": sought.item,
        "organs__contains": [sought.organ] if sought.organ else None,
        "received__gte": sought.since,
        "received__lte": sought.until,
    }
    return found.filter(**{name: value for name, value in asked.items() if value})
