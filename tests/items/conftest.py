"""The catalogue looks for newer versions every few seconds; a test's database is another one."""

from collections.abc import Iterator

import pytest

from onedoor.items import queries


@pytest.fixture(autouse=True)
def fresh_catalogue() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()
