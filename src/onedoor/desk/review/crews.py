"""Whom an organ sends to a check on site: chosen from its own staff, not typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onedoor.cases import queries
from onedoor.cases.rules.visiting import of_the_organ
from onedoor.kernel.clock import local_date
from onedoor.kernel.plan import StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import QueryDict

    from onedoor.cases.queries import CasePage
    from onedoor.cases.rules.values import Case
    from onedoor.desk.review.offered import Offer
    from onedoor.desk.review.posted import Posted
    from onedoor.kernel.actor import Actor

SENT: Final = "man_visit"  # these are to go; in all other acts it is written down who was there
CREWED: Final = frozenset({SENT, "sign_visit", "check"})


@dataclass(frozen=True, slots=True)
class Colleague:
    """One who could go, with the 执法证号 ("" where none is registered), and whether they are ticked."""

    name: str
    certificate: str
    ticked: bool


def names_of(text: str) -> tuple[str, ...]:
    """Names as people type them, one after the other."""
    marks = str.maketrans(dict.fromkeys("，,；; \n\r", "、"))
    return tuple(name for name in text.translate(marks).split("、") if name)


def crews(
    page: CasePage, offered: Sequence[Offer], typed: QueryDict, *, by: Actor, on: date
) -> dict[str, tuple[Colleague, ...]]:
    """The staff of the organ of each act that sends people, by the act's id; empty where the register has nobody."""
    found = {}
    for offer in offered:
        if offer.key in CREWED or (offer.key == "step" and offer.on_site):
            ticked = _ticked(page.case, offer, typed, by=by)
            organ = _organ(page.case, offer.step.key if offer.step else "")
            able = queries.roster(organ, on=on, sent=offer.key == SENT)
            found[offer.id] = tuple(
                Colleague(one.name, one.certificate, one.name in ticked or one.written in ticked) for one in able
            )
    return found


def _ticked(case: Case, offer: Offer, typed: QueryDict, *, by: Actor) -> tuple[str, ...]:
    """What was ticked before; else those who were named for this visit, or the officer who looks at the page."""
    if typed.get("offer") == offer.id:
        return tuple(typed.getlist("officers"))
    named = case.visit.crews.get(offer.step.key, ()) if case.visit and offer.step else ()
    return named or (by.name,)


def _organ(case: Case, step: str) -> str:
    return case.owners.get(step, case.organ)


def crew(p: Posted, *, step: str = "", sent: bool = False) -> tuple[str, ...]:
    """The names that were ticked, as a record writes them, or typed where the register knows nobody of the organ.
    Invalid for others.
    """
    given = [text for text in p.data.getlist("officers") if text.strip()]
    if not given:
        return ()
    on = local_date(p.at)
    organ = _organ(queries.case_page(p.number, by=p.by, on=on).case, step)
    able = queries.roster(organ, on=on, sent=sent)
    if not able:
        return tuple(name for text in given for name in names_of(text))
    of_the_organ(given, [one.name for one in able])
    return queries.written(organ, given, on=on)


def site_crew(p: Posted, step: str) -> tuple[str, ...]:
    """``crew`` for a check on site; for other steps (专家评审、集体讨论) whoever took part, as typed."""
    page = queries.case_page(p.number, by=p.by, on=local_date(p.at))
    kinds = {one.key: one.kind for one in page.steps}
    typed = tuple(name for text in p.data.getlist("officers") for name in names_of(text))
    return crew(p, step=step) if kinds.get(step) is StepKind.SITE_VISIT else typed
