"""The door with everybody before it."""

import pytest
from pytest_django import Settings
from tests.cases.world import World
from tests.security.roles import Door, open_door


@pytest.fixture
def door(world: World, settings: Settings) -> Door:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.acting.GivenActor"]
    return open_door(world)
