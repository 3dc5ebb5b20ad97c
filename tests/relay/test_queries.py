"""Who sees what was taken in for elsewhere, and what of it waits too long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cases.world import AT, World, staff
from tests.relay.test_commands import CLERK, THERE, taken

from onedoor.kernel.actor import Act
from onedoor.kernel.errors import NotFound
from onedoor.relay import commands, queries
from onedoor.relay.queries import Shelf

pytestmark = pytest.mark.django_db
ELSEWHERE = staff("外乡", None, Act.RECEIVE, area="530524104")


def test_what_waits_too_long_is_counted_for_its_window_until_the_next_turn(world: World) -> None:
    number, late = taken(world), AT.date() + timedelta(days=30)
    commands.send_relay(number, by=CLERK, at=AT, way="邮政快递 EX123")

    def counts(on: date) -> tuple[int, ...]:
        return tuple(queries.late_count(by=who, on=on) for who in (CLERK, ELSEWHERE, world.reviewer))

    assert (counts(AT.date()), counts(late)) == ((0, 0, 0), (1, 0, 0))
    assert [one.number for one in queries.relays(Shelf.LATE, by=CLERK, on=late)] == [number]
    assert [one.number for one in queries.late_within("5305", on=late)] == [number]
    assert queries.late_within("530524104", on=late) == ()
    commands.decide_relay(arrived(number), THERE, by=CLERK, at=AT, granted=True, document="施卫护1号")
    assert counts(late) == (0, 0, 0)


def arrived(number: str) -> str:
    return commands.arrive_relay(number, THERE, by=CLERK, at=AT).number


def test_a_list_is_counted_whole_and_opened_by_the_page(world: World) -> None:
    numbers = [taken(world, key=f"k{n}") for n in range(3)]
    found = queries.relays(by=CLERK, on=AT.date())
    assert (len(found), [one.number for one in found[1:3]]) == (3, numbers[1::-1])
    assert found[0].number == numbers[-1]


def test_an_applicant_sees_their_own_and_nobody_else_does(world: World) -> None:
    number = taken(world)
    assert [one.number for one in queries.own(by=world.citizen)] == [number]
    assert queries.own_relay(number, by=world.citizen).item == "护士执业注册"
    assert len(queries.own(by=world.stranger)) == len(queries.own(by=CLERK)) == 0
    with pytest.raises(NotFound):
        queries.own_relay(number, by=world.stranger)
