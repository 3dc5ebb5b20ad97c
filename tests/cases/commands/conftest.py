"""The street of three departments, and its whole once it is accepted."""

from __future__ import annotations

import pytest
from tests.cases.street import Street, founded
from tests.cases.world import AT

from onedoor.cases import commands


@pytest.fixture
def street() -> Street:
    return founded()


@pytest.fixture
def accepted(street: Street) -> str:
    number = street.submit()
    commands.accept(number, by=street.officers[street.bundle.organ], at=AT)
    return number
