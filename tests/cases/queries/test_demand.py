"""What is applied for often, by item and not by person."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module

import pytest
from tests.cases.world import AT, World

from onedoor.cases import commands, queries
from onedoor.items.rules.search import family_of

counting = import_module("onedoor.cases.queries.demand")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    counting._held.clear()
    yield
    counting._held.clear()


def submit(world: World, n: int) -> None:
    commands.submit(world.application(name=f"店{n}"), by=world.citizen, at=AT + timedelta(days=n), key=f"k{n}")


def test_the_cases_of_a_year_are_counted_by_item(world: World) -> None:
    submit(world, 0)
    submit(world, 1)
    assert queries.demand(on=AT.date() + timedelta(days=2)) == {family_of(world.item.code): 2}
    counting._held.clear()
    assert queries.demand(on=AT.date() + timedelta(days=365)) == {family_of(world.item.code): 1}


def test_a_process_counts_again_only_after_a_while(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queries.demand(on=AT.date()) == {}
    submit(world, 0)
    assert queries.demand(on=AT.date()) == {}
    monkeypatch.setattr(counting, "KEPT_SECONDS", -1.0)
    assert list(queries.demand(on=AT.date()).values()) == [1]
