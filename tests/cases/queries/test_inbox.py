"""One inbox: ordered by alarm, filtered, counted, and each task named with the post by which it is owed."""

from datetime import date, timedelta

import pytest
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.cases.rules.docket import Wanted
from onedoor.kernel.actor import Act

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)


@pytest.fixture
def numbers(world: World) -> list[str]:
    starts = (AT, AT - timedelta(days=30), AT + timedelta(days=1))
    return [
        commands.submit(world.application(name=f"店{n}"), by=world.citizen, at=at, key=f"k{n}").number
        for n, at in enumerate(starts)
    ]


def test_the_earliest_due_day_comes_first(world: World, numbers: list[str]) -> None:
    assert [row.number for row in queries.inbox(by=world.clerk)] == [numbers[1], numbers[0], numbers[2]]


def test_what_is_ones_own_comes_first_and_pages_go_on_behind_it(world: World, numbers: list[str]) -> None:
    models.Task.objects.filter(case__number=numbers[0]).update(assignee=world.clerk.ref)
    models.Task.objects.filter(case__number=numbers[1]).update(assignee="account:同事")
    pages = [queries.inbox(by=world.clerk, start=start, size=1) for start in range(4)]
    assert [row.number for page in pages for row in page] == [numbers[0], numbers[1], numbers[2]]
    assert [row.number for row in queries.inbox(by=world.clerk)] == [numbers[0], numbers[1], numbers[2]]


def test_colours_partition_the_inbox(world: World, numbers: list[str]) -> None:
    levels = [Wanted(level=level) for level in ("red", "yellow", "green")]
    parts = [queries.inbox(by=world.clerk, want=want, on=TODAY) for want in levels]
    assert sum(map(len, parts)) == 3
    assert [row.number for row in parts[0]] == [numbers[1]]
    assert queries.facets(by=world.clerk, on=TODAY).levels == {
        level: len(rows) for level, rows in zip(("red", "yellow", "green"), parts, strict=True) if rows
    }


def test_conditions_narrow_and_facets_count(world: World, numbers: list[str]) -> None:
    facets = queries.facets(by=world.clerk, on=TODAY)
    assert facets.total == queries.inbox_size(by=world.clerk) == 3
    assert facets.acts == {Act.ACCEPT: 3}
    assert facets.items == {(world.item.code, world.item.name): 3}
    assert facets.areas == {"530524101": 3}
    assert queries.inbox(by=world.clerk, want=Wanted(area="530524102")) == ()
    assert len(queries.inbox(by=world.clerk, want=Wanted(q=numbers[0]))) == 1
    assert queries.inbox(by=world.reviewer, want=Wanted(act="accept")) == ()


def test_each_task_names_the_post_by_which_it_is_owed(world: World, numbers: list[str]) -> None:
    both = staff("六岗合一", world.item.organ, Act.ACCEPT)
    assert {row.post for row in queries.inbox(by=both)} == {"post:六岗合一"}
