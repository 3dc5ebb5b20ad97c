"""A county with its organs and places, one item that may be done for people, and the people of an errand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from tests.agency.station import Station
from tests.agency.station import station as staffed
from tests.cases.world import World

from onedoor.agency import models, queries
from onedoor.agency.queries.keys import unseal


@pytest.fixture
def station(world: World) -> Iterator[Station]:
    """Afterwards the row of every errand must equal the replay of its journal."""
    call_command("orgs", "load")
    yield staffed(world)
    for row in models.Errand.objects.all():
        assert unseal(row.sealed, row.number) == queries.replayed(row.number)
