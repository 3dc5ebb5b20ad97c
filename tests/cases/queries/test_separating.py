"""承办与审核分离 in the acts: refused while a colleague can, flagged where none can; nobody looked up for nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Case, Outcome, Verdict
from onedoor.items import commands as catalogue
from onedoor.items import queries as items
from onedoor.items.rules import item_of
from onedoor.kernel.actor import Act, Actor, Target, system
from onedoor.kernel.errors import Refused
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db


class Office:
    """Who is here today; ``asked`` counts how often that was looked up."""

    def __init__(self) -> None:
        self.here: list[str] = []
        self.asked = 0

    def officers(self, act: Act, target: Target, on: object) -> tuple[Staff, ...]:
        self.asked += 1
        return tuple(Staff(n, name, name, "o", ALWAYS, f"account:{name}") for n, name in enumerate(self.here))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    found = Office()
    monkeypatch.setattr(orgs, "officers", found.officers)
    return found


@pytest.fixture
def allrounder(world: World) -> Actor:
    return staff("三人小局", world.item.organ, Act.ACCEPT, Act.REVIEW, Act.DECIDE)


def accepted(world: World, by: Actor, *, strict: bool = True) -> str:
    if strict:
        demanding = replace(item_of(world.item), separate_duties=True, separate_duties_basis="本局内控制度")
        catalogue.publish([demanding], by=system("tests"), at=AT)
        items.forget()
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    commands.accept(number, by=by, at=AT)
    return number


def review(number: str, by: Actor, step: str = "papers") -> Case:
    return commands.complete_step(number, by=by, at=AT, step=step, verdict=Verdict.PASSED, opinion="相符")


def test_it_is_refused_while_a_colleague_can_and_nothing_is_done(
    world: World, office: Office, allrounder: Actor
) -> None:
    number = accepted(world, allrounder)
    office.here = ["三人小局", "审查员"]
    with pytest.raises(Refused, match="还有 1 位"):
        review(number, allrounder)
    page = queries.case_page(number, by=allrounder, on=AT.date())
    assert page.case.results == {}
    kept = queries.kept_apart(page.case, page.item, by=allrounder, on=AT.date())
    assert kept["papers"] == 1
    office.asked = 0
    assert not review(number, world.reviewer).results["papers"].merged_duties
    assert office.asked == 0


def test_where_the_others_are_away_it_is_done_and_flagged(world: World, office: Office, allrounder: Actor) -> None:
    number = accepted(world, allrounder)
    office.here = ["三人小局"]
    assert review(number, allrounder).results["papers"].merged_duties
    case = queries.case_page(number, by=allrounder, on=AT.date()).case
    assert queries.kept_apart(case, items.version(case.item_version), by=allrounder, on=AT.date()) == {}


def test_whoever_reviewed_does_not_decide_while_a_colleague_can(
    world: World, office: Office, allrounder: Actor
) -> None:
    number = accepted(world, world.clerk)
    for step in ("papers", "check"):
        review(number, allrounder, step)
    office.here = ["三人小局", "局长"]
    words = {"outcome": Outcome.DENIED, "reasons": "布局不符", "article": "第三十五条"}
    with pytest.raises(Refused, match="移交给同事"):
        commands.decide(number, by=allrounder, at=AT, **words)  # type: ignore[arg-type]
    assert commands.decide(number, by=world.leader, at=AT, **words).outcome is Outcome.DENIED  # type: ignore[arg-type]


def test_an_item_that_does_not_demand_it_looks_nobody_up(world: World, office: Office, allrounder: Actor) -> None:
    number = accepted(world, allrounder, strict=False)
    office.here = ["三人小局", "审查员"]
    assert review(number, allrounder).results["papers"].merged_duties
    assert office.asked == 0
