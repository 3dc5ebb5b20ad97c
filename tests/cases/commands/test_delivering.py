"""统一出件 against a real database: all results in one act, refusals among them; nothing is handed over twice."""

from __future__ import annotations

import pytest
from tests.cases.street import Street
from tests.cases.world import AT

from onedoor.cases import commands, queries
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.rules import events as e
from onedoor.cases.rules.values import Delivery, Outcome, State
from onedoor.kernel.actor import Actor
from onedoor.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_paper(street: Street) -> str:
    """A whole whose applicant wants paper, accepted."""
    number = street.submit(electronic=False)
    commands.accept(number, by=lead(street), at=AT)
    return number


def lead(street: Street) -> Actor:
    return street.officers[street.bundle.organ]


def end_all(street: Street, number: str, *, drain: Outcome = Outcome.GRANTED) -> None:
    for member, outcome in (("food", Outcome.GRANTED), ("drain", drain)):
        street.decide(street.child(number, member).number, outcome=outcome)
        commands.follow_members(number, at=AT)
    street.decide(street.child(number, "tobacco").number)
    commands.follow_members(number, at=AT)


def lists(number: str) -> list[tuple[str, ...]]:
    case, told = queries.replayed(number)
    assert case == told
    return [fact.event.papers for fact in queries.facts(case.id) if isinstance(fact.event, e.JointDelivered)]


def test_all_results_and_refusals_are_handed_over_in_one_act(street: Street, on_paper: str) -> None:
    end_all(street, on_paper, drain=Outcome.DENIED)
    whole = street.case(on_paper)
    assert (whole.state, whole.outcome, whole.delivered) == (State.CLOSED, Outcome.PARTLY, None)
    owed = queries.case_page(on_paper, by=lead(street), on=AT.date()).tasks
    assert [(task.name, task.organ) for task in owed] == [("统一出件", street.bundle.organ)]
    assert owed[0].due is not None
    whole = commands.deliver(on_paper, by=lead(street), at=AT, method=Delivery.WINDOW, receiver="张三")
    assert (whole.delivered, whole.delivery) == (AT.date(), Delivery.WINDOW)
    for member in ("food", "drain", "tobacco"):
        child = street.child(on_paper, member)
        assert (child.delivered, child.delivery) == (AT.date(), Delivery.WINDOW)
    (papers,) = lists(on_paper)
    assert len(papers) == 3
    assert any("不予" in line for line in papers)
    assert commands.follow_members(on_paper, at=AT).version == whole.version


def test_what_is_ready_may_be_handed_over_before_the_whole_ends_and_is_not_handed_over_again(
    street: Street, on_paper: str
) -> None:
    street.decide(street.child(on_paper, "food").number)
    commands.follow_members(on_paper, at=AT)
    whole = commands.deliver(on_paper, by=lead(street), at=AT, method=Delivery.WINDOW, receiver="张三")
    assert (whole.state, whole.delivered, whole.handed) == (State.ACCEPTED, None, (("food",),))
    with pytest.raises(Refused, match="没有可以一起交付"):
        commands.deliver(on_paper, by=lead(street), at=AT, method=Delivery.WINDOW, receiver="张三")
    for member in ("drain", "tobacco"):
        street.decide(street.child(on_paper, member).number)
        commands.follow_members(on_paper, at=AT)
    commands.deliver(on_paper, by=lead(street), at=AT, method=Delivery.POST, receiver="张三")
    assert [len(papers) for papers in lists(on_paper)] == [1, 3]
    assert street.child(on_paper, "food").delivery is Delivery.WINDOW


def test_electronic_results_go_out_as_they_are_made_and_the_last_brings_the_list_of_all(
    street: Street, accepted: str
) -> None:
    street.decide(street.child(accepted, "food").number)
    assert street.child(accepted, "food").delivery is Delivery.ELECTRONIC
    commands.follow_members(accepted, at=AT)
    for member in ("drain", "tobacco"):
        street.decide(street.child(accepted, member).number)
        commands.follow_members(accepted, at=AT)
    whole = street.case(accepted)
    assert (whole.delivered, whole.delivery) == (AT.date(), Delivery.ELECTRONIC)
    assert [len(papers) for papers in lists(accepted)] == [3]
    assert queries.paper(accepted, "handover", by=PLATFORM).startswith(b"%PDF")


def test_results_that_were_collected_one_by_one_leave_nothing_to_hand_over(street: Street, on_paper: str) -> None:
    end_all(street, on_paper)
    for member in ("food", "drain", "tobacco"):
        child = street.child(on_paper, member)
        by = street.officers[child.organ]
        commands.deliver(child.number, by=by, at=AT, method=Delivery.WINDOW, receiver="张三")
    whole = commands.follow_members(on_paper, at=AT)
    assert whole.delivered == AT.date()
    assert queries.case_page(on_paper, by=lead(street), on=AT.date()).tasks == ()
