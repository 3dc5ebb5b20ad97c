"""A visit at the window: several items, corrections, originals back in the hand, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cases.world import AT, World, register, staff

from onedoor.cases import queries as cases
from onedoor.cases.rules.values import PaperForm, State
from onedoor.hall import commands, queries
from onedoor.hall.commands import Handed, Standing, Supplied
from onedoor.hall.rules import Correction, HallPaper, Visit
from onedoor.journal import queries as journal
from onedoor.kernel.actor import Act, Actor, Channel
from onedoor.kernel.errors import Forbidden, Invalid, NotFound, Refused

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def clerk(world: World) -> Actor:
    acts = (Act.RECEIVE, Act.ACCEPT, Act.NOTIFY)
    return replace(staff("综窗", world.item.organ, *acts), channel=Channel.WINDOW)


@pytest.fixture
def person(world: World) -> str:
    return register("张三")


@pytest.fixture
def visit(clerk: Actor, person: str) -> Visit:
    return commands.open_visit(Standing(person, person, "3"), by=clerk, at=AT, key="v1")


def handed(world: World, person: str, *, form: PaperForm = PaperForm.BOTH, **changes: object) -> Handed:
    first = world.item.materials[0].key
    return Handed(world.application(applicant=person, paper={first: form}, **changes))  # type: ignore[arg-type]


def test_a_second_press_opens_no_second_visit(clerk: Actor, person: str, visit: Visit) -> None:
    again = commands.open_visit(Standing(person, person), by=clerk, at=LATER, key="v1")
    assert again == visit
    assert visit.in_person
    assert queries.visit(visit.token, by=clerk, at=LATER) == visit


def test_only_those_who_receive_open_a_visit(world: World, person: str, visit: Visit) -> None:
    with pytest.raises(Forbidden, match="窗口收件人员"):
        commands.open_visit(Standing(person, person), by=world.reviewer, at=AT, key="v2")
    with pytest.raises(NotFound):
        queries.visit(visit.token, by=staff("同事", None, Act.RECEIVE), at=AT)


def test_a_visit_of_yesterday_is_over(clerk: Actor, visit: Visit) -> None:
    with pytest.raises(NotFound, match="已经过期"):
        queries.visit(visit.token, by=clerk, at=AT + timedelta(hours=13))


def test_two_items_of_one_visit_stand_on_one_receipt(world: World, clerk: Actor, person: str, visit: Visit) -> None:
    one = commands.take_in(visit.token, handed(world, person), by=clerk, at=AT, key="k1")
    two = commands.take_in(visit.token, handed(world, person, name="新街米线店"), by=clerk, at=LATER, key="k2")
    row, replay = queries.replayed(visit.token)
    assert row == replay
    assert [taken.case for taken in row.taken] == [one.number, two.number]
    assert queries.paper(row, HallPaper.RECEIPT, "", by=clerk, on=AT.date()).startswith(b"%PDF")
    assert queries.cases_of_receipt(row.number, by=clerk) == (one.number, two.number)
    assert queries.cases_of_receipt(row.number, by=staff("同事", world.item.organ, Act.RECEIVE)) != ()


def test_a_receipt_shows_a_stranger_nothing(world: World, clerk: Actor, person: str, visit: Visit) -> None:
    commands.take_in(visit.token, handed(world, person), by=clerk, at=AT, key="k1")
    with pytest.raises(NotFound):
        queries.cases_of_receipt(visit.number, by=staff("外窗", "11530524015240066A", Act.RECEIVE))
    with pytest.raises(Refused):
        queries.cases_of_receipt(visit.number[:-1] + ("1" if visit.number.endswith("0") else "0"), by=clerk)


def test_the_same_key_takes_an_item_in_once(world: World, clerk: Actor, person: str, visit: Visit) -> None:
    first = commands.take_in(visit.token, handed(world, person), by=clerk, at=AT, key="k1")
    again = commands.take_in(visit.token, handed(world, person), by=clerk, at=LATER, key="k1")
    assert again.number == first.number
    assert len(queries.visit(visit.token, by=clerk, at=LATER).taken) == 1


def test_another_applicant_is_another_visit(world: World, clerk: Actor, visit: Visit) -> None:
    other = register("李四", born=date(1990, 1, 1), sequence=2)
    with pytest.raises(Refused, match="不是这次来访的申请人"):
        commands.take_in(visit.token, handed(world, other), by=clerk, at=AT, key="k1")
    assert cases.count(by=clerk) == 0


def test_what_was_put_right_on_the_spot_is_recorded_and_its_words_can_be_erased(
    world: World, clerk: Actor, person: str, visit: Visit
) -> None:
    fixed = Correction("", "申请表", "门牌号由18号改为81号")
    given = replace(handed(world, person), corrections=(fixed,))
    receipt = commands.take_in(visit.token, given, by=clerk, at=AT, key="k1")
    taken = queries.visit(visit.token, by=clerk, at=AT).of(receipt.number)
    assert taken
    assert taken.corrected == ("申请表",)
    (fact,) = [f for f in journal.stream(f"visit:{visit.id}") if f.kind == "hall_corrected_on_the_spot"]
    assert fact.personal == {"what": "门牌号由18号改为81号"}
    assert "81号" not in str(fact.body)


def test_originals_go_back_once_and_only_those_that_were_shown(
    world: World, clerk: Actor, person: str, visit: Visit
) -> None:
    key = world.item.materials[0].key
    receipt = commands.take_in(visit.token, handed(world, person), by=clerk, at=AT, key="k1")
    with pytest.raises(Refused, match="没有收过这些原件"):
        commands.close_visit(visit.token, by=clerk, at=LATER, returned={receipt.number: ["nothing"]})
    closed = commands.close_visit(visit.token, by=clerk, at=LATER, returned={receipt.number: [key]})
    taken = closed.of(receipt.number)
    assert taken
    assert (taken.to_return, taken.returned, closed.closed) == ((), frozenset({key}), LATER)
    assert commands.close_visit(visit.token, by=clerk, at=LATER, returned={}) == closed
    row, replay = queries.replayed(visit.token)
    assert row == replay


def test_kept_originals_come_back_in_a_later_visit_at_another_window_of_the_hall(
    world: World, clerk: Actor, person: str, visit: Visit
) -> None:
    key = world.item.materials[0].key
    given = handed(world, person, form=PaperForm.ORIGINAL)
    receipt = commands.take_in(visit.token, given, by=clerk, at=AT, key="k1")
    commands.close_visit(visit.token, by=clerk, at=AT, returned={})
    other = staff("另一窗口", world.item.organ, Act.RECEIVE)
    later = commands.open_visit(Standing(person, person), by=other, at=LATER, key="later")
    (held,) = queries.left_here(later, by=other)
    ticked = {(held.number, receipt.number): [key]}
    with pytest.raises(Refused, match="没有勾选"):
        commands.return_originals(later.token, by=other, at=LATER, materials={})
    (after,) = commands.return_originals(later.token, by=other, at=LATER, materials=ticked)
    assert (after.number, after.holds, queries.left_here(later, by=other)) == (visit.number, False, ())
    (fact,) = [f for f in journal.stream(f"visit:{visit.id}") if f.kind == "hall_originals_returned"]
    assert (fact.body["into"], fact.actor) == (later.number, other.ref)
    with pytest.raises(Refused, match="已经退还"):
        commands.return_originals(later.token, by=other, at=LATER, materials=ticked)
    row, replay = queries.replayed(visit.token)
    assert row == replay


def test_originals_go_into_nobody_elses_hand(world: World, clerk: Actor, person: str, visit: Visit) -> None:
    key = world.item.materials[0].key
    given = handed(world, person, form=PaperForm.ORIGINAL)
    receipt = commands.take_in(visit.token, given, by=clerk, at=AT, key="k1")
    commands.close_visit(visit.token, by=clerk, at=AT, returned={})
    stranger = register("李四", born=date(1990, 1, 1), sequence=2)
    theirs = commands.open_visit(Standing(stranger, stranger), by=clerk, at=LATER, key="theirs")
    assert queries.left_here(theirs, by=clerk) == ()
    with pytest.raises(Refused, match="不是在这里收的"):
        commands.return_originals(theirs.token, by=clerk, at=LATER, materials={(visit.number, receipt.number): [key]})


def test_a_closed_visit_takes_nothing_in(world: World, clerk: Actor, person: str, visit: Visit) -> None:
    commands.close_visit(visit.token, by=clerk, at=AT, returned={})
    with pytest.raises(Refused, match="已经结束"):
        commands.take_in(visit.token, handed(world, person), by=clerk, at=LATER, key="k1")
    assert cases.count(by=clerk) == 0


def test_whoever_comes_back_is_found_with_what_is_waited_for(
    world: World, clerk: Actor, person: str, visit: Visit
) -> None:
    from onedoor.cases import commands as acts

    receipt = commands.take_in(visit.token, handed(world, person), by=clerk, at=AT, key="k1")
    key = world.item.materials[1].key
    acts.request_supplement(receipt.number, by=clerk, at=AT, materials={key: "未提交。请提交。"})
    again = commands.open_visit(Standing(person, person), by=clerk, at=LATER, key="v2")
    assert [row.number for row in queries.waiting(person, by=clerk)] == [receipt.number]
    assert queries.waiting("person:999", by=clerk) == ()
    assert queries.waiting(person, by=staff("外窗", "11530524015240066A", Act.RECEIVE)) == ()
    supplied = Supplied(materials={}, paper={key: PaperForm.COPY})
    case = commands.take_supplement(again.token, receipt.number, supplied, by=clerk, at=LATER)
    assert case.state is not State.SUPPLEMENT
    assert queries.waiting(person, by=clerk) == ()
    (taken,) = queries.visit(again.token, by=clerk, at=LATER).taken
    assert taken.supplement
    assert [material.key for material in taken.materials] == [key]


def test_a_supplement_of_somebody_else_is_not_taken(world: World, clerk: Actor, person: str, visit: Visit) -> None:
    other = register("李四", born=date(1990, 1, 1), sequence=2)
    elsewhere = commands.open_visit(Standing(other, other), by=clerk, at=AT, key="v9")
    receipt = commands.take_in(visit.token, handed(world, person), by=clerk, at=AT, key="k1")
    with pytest.raises(NotFound, match="不是这次来访"):
        commands.take_supplement(elsewhere.token, receipt.number, Supplied(materials={}, paper={}), by=clerk, at=LATER)


def test_a_key_or_a_window_number_that_cannot_be_is_refused(clerk: Actor, person: str) -> None:
    with pytest.raises(Invalid):
        commands.open_visit(Standing(person, person), by=clerk, at=AT, key="")
    with pytest.raises(Invalid, match="窗口号"):
        commands.open_visit(Standing(person, person, "综合窗口一二三四五"), by=clerk, at=AT, key="v3")
