"""A county with its organs, one item, and the people of a question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from tests.cases.world import World
from tests.hotline.desk import Desk, staffed

from onedoor.hotline import models, queries
from onedoor.hotline.queries.keys import unseal


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    """Afterwards the row of every question must equal the replay of its journal."""
    call_command("orgs", "load")
    yield staffed(world)
    for row in models.Question.objects.all():
        assert unseal(row.sealed, row.number) == queries.replayed(row.number)
