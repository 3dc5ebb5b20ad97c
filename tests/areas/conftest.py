"""The county's divisions and calendars in the test database."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from onedoor.areas import commands, queries
from onedoor.kernel.actor import system

NOW = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_copy() -> Iterator[None]:
    """No test sees the copy of another's database."""
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def county(db: None) -> None:
    commands.load_divisions(commands.read_division_folder(), by=system("areas"), at=NOW)


@pytest.fixture
def calendars(county: None) -> None:
    commands.load_calendar(by=system("areas"), at=NOW)
