"""The door with everybody before it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings
from tests.cases.world import World
from tests.portal.conftest import County, settle
from tests.security.roles import Door, open_door

from onedoor.items import queries as published


@pytest.fixture
def door(world: World, settings: Settings) -> Door:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    return open_door(world)


@pytest.fixture
def county(db: None, settings: Settings) -> Iterator[County]:
    settings.DEMO = True
    yield settle()
    published.forget()
