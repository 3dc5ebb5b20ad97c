"""移交: to a colleague who may, with a reason; both are told, nobody is locked out."""

from dataclasses import replace

import pytest
from tests.cases.street import founded
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.cases.commands import handover
from onedoor.cases.queries import Colleague
from onedoor.cases.rules.docket import Wanted
from onedoor.cases.rules.values import Case
from onedoor.kernel.actor import Act, Actor
from onedoor.kernel.errors import Conflict, Forbidden, Invalid, Refused
from onedoor.notices import queries as notices
from onedoor.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(world: World, monkeypatch: pytest.MonkeyPatch) -> Actor:
    found = replace(staff("同事", world.item.organ, Act.ACCEPT), ref="account:7")
    able = (Colleague(found.ref, found.name, world.item.organ), Colleague(world.clerk.ref, "收件员", ""))
    monkeypatch.setattr("onedoor.cases.commands.handover.receivers", lambda *_, **__: able)
    return found


@pytest.fixture
def number(world: World) -> str:
    return commands.submit(world.application(), by=world.citizen, at=AT, key="k").number


def give(number: str, by: Actor, to: str, **changes: object) -> None:
    commands.hand_over(number, **{"by": by, "at": AT, "task": "accept", "to": to, "reason": "出差"} | changes)  # type: ignore[arg-type]


def test_the_task_moves_and_both_are_told(world: World, colleague: Actor, number: str) -> None:
    give(number, world.clerk, colleague.ref)
    assert queries.inbox(by=world.clerk) == ()
    assert queries.inbox_size(by=world.clerk) == 0
    assert [row.holder for row in queries.inbox(by=colleague)] == [colleague.ref]
    assert len(queries.inbox(by=world.clerk, want=Wanted(held="all"))) == 1
    told = {row.to: row.title for row in Notice.objects.all()}
    assert {"account:7", world.clerk.ref} <= told.keys()
    assert notices.templates()["handed_to_you"]


def test_whoever_may_still_may(world: World, colleague: Actor, number: str) -> None:
    give(number, world.clerk, colleague.ref)
    assert commands.accept(number, by=world.clerk, at=AT).state == "accepted"


def test_a_handover_makes_an_older_page_stale(world: World, colleague: Actor, number: str) -> None:
    give(number, world.clerk, colleague.ref, version=1)
    with pytest.raises(Conflict):
        commands.accept(number, by=colleague, at=AT, version=1)
    page = queries.case_page(number, by=colleague, on=AT.date())
    assert [fact.event.kind for fact in queries.changes_since(page.case.id, 1)] == ["case_handed_over"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"to": "account:99"}, Invalid), ({"reason": " "}, Invalid), ({"task": "check"}, Refused)],
)
def test_what_cannot_be_handed_over(
    world: World, colleague: Actor, number: str, changes: dict[str, str], error: type[Exception]
) -> None:
    by = world.reviewer if changes.get("task") else world.clerk
    with pytest.raises(error):
        give(number, by, **{"to": colleague.ref} | changes)  # type: ignore[arg-type]


def test_not_to_oneself_not_twice_and_not_by_strangers(world: World, colleague: Actor, number: str) -> None:
    with pytest.raises(Refused):
        give(number, world.clerk, world.clerk.ref)
    with pytest.raises(Forbidden):
        give(number, world.reviewer, colleague.ref)
    give(number, world.clerk, colleague.ref)
    with pytest.raises(Refused):
        give(number, world.clerk, colleague.ref)


def test_where_the_applicant_takes_a_bundle_over_the_agency_ends_for_each_of_its_cases() -> None:
    street = founded()
    number = street.submit(agent="account:代办员")
    commands.accept(number, by=street.officers[street.bundle.organ], at=AT)
    commands.end_agency_within(number, by=street.owner, at=AT)
    street.decide(street.child(number, "food").number)
    commands.follow_members(number, at=AT)
    children = [street.child(number, key) for key in ("food", "drain", "tobacco")]
    assert [case.agency_ended for case in (street.case(number), *children)] == [AT.date()] * 4
    with pytest.raises(Refused, match="已经转回本人"):
        commands.end_agency_within(number, by=street.owner, at=AT)
    assert all(row == replay for row, replay in (queries.replayed(case.number) for case in children))


def test_the_cases_of_a_bundle_are_locked_in_the_order_of_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``recompute`` locks them: in another order the two could wait for each other."""
    street, acted = founded(), list[str]()
    number = street.submit(agent="account:代办员")
    commands.accept(number, by=street.officers[street.bundle.organ], at=AT)
    rows = list(models.Case.objects.filter(joint=number).order_by("-pk"))
    backwards = {row.number: f"{place}" for place, row in enumerate(rows)}
    for row in rows:
        models.Case.objects.filter(pk=row.pk).update(number=backwards[row.number])
    whole = street.case(number)
    children = {key: replace(child, number=backwards[child.number]) for key, child in whole.children.items()}

    def noted(given: str, *_: object) -> Case:
        acted.append(given)
        return replace(whole, children=children)

    monkeypatch.setattr(handover, "act", noted)
    commands.end_agency_within(number, by=street.owner, at=AT)
    assert acted == [number, *sorted(backwards.values(), reverse=True)]
    assert len(acted) > 2
