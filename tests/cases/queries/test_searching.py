"""Search over what an officer may see."""

from datetime import timedelta

import pytest
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, queries
from onedoor.cases.queries import Sought
from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db


def submit(world: World, n: int) -> str:
    made = commands.submit(world.application(name=f"店{n}"), by=world.citizen, at=AT + timedelta(days=n), key=f"k{n}")
    return made.number


def test_all_conditions_hold_together(world: World) -> None:
    first, second = submit(world, 0), submit(world, 1)
    commands.accept(first, by=world.clerk, at=AT)

    def numbers(**sought: object) -> list[str]:
        return [row.number for row in queries.search(Sought(**sought), by=world.clerk).rows]  # type: ignore[arg-type]

    assert numbers() == [second, first]
    assert numbers(state="accepted") == [first]
    assert numbers(state="open", q="张三") == [second, first]
    assert numbers(q="张") == []
    assert numbers(since=AT.date() + timedelta(days=1)) == [second]
    assert numbers(until=AT.date(), item=world.item.code) == [first]
    assert numbers(organ="11530524015140001X") == []
    assert queries.searchable_items(by=world.clerk) == ((world.item.code, world.item.name),)


def test_pages_follow_each_other_and_nobody_elses_case_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onedoor.cases.queries.searching.PAGE", 2)
    made = [submit(world, n) for n in range(3)]
    one, two = (queries.search(Sought(), by=world.clerk, page=page) for page in (1, 2))
    assert [row.number for row in (*one.rows, *two.rows)] == made[::-1]
    assert (one.more, two.more) == (True, False)
    elsewhere = staff("外局", "11530524015140001X", Act.REVIEW)
    assert queries.search(Sought(), by=elsewhere).rows == ()
