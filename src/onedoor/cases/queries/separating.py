"""Who could do what an officer is to keep from: read only where an item demands it and there was an earlier part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onedoor.cases.rules.lifecycle import merges, open_steps
from onedoor.cases.rules.separating import separate
from onedoor.cases.rules.tasks import act_of, is_task, target_of
from onedoor.cases.rules.values import Case
from onedoor.items.rules.values import ItemVersion
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.plan import Step
from onedoor.orgs import queries as orgs


def able_today(case: Case, step: Step, *, on: date) -> frozenset[str]:
    """The accounts of all who may do this step on that day; whoever is away is not among them, their cover is."""
    officers = orgs.officers(act_of(step), target_of(case, step.key), on)
    return frozenset(officer.account for officer in officers if officer.account)


def kept_apart(case: Case, item: ItemVersion, *, by: Actor, on: date) -> Mapping[str, int]:
    """What this officer would do now but is to leave to a colleague, by step, and how many colleagues can."""
    found: dict[str, int] = {}
    for step in open_steps(case, item) if item.separate_duties and not case.above else ():
        act = act_of(step)
        mine = is_task(case, step) and by.may(act, target_of(case, step.key))
        if mine and merges(case, by.ref, deciding=act is Act.DECIDE):
            others = separate(case, able_today(case, step, on=on), act=act)
            found |= {step.key: len(others)} if others else {}
    return found
