"""同时办理: nothing is lost, nobody waits for nothing, and a period ends once, whoever was quicker.

The same races a thousand times: ``onedoor bench races``.
"""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.management import call_command

from onedoor.bench.lives import Lives
from onedoor.bench.racing import Settled, Together, against_silence, county, side_by_side
from onedoor.kernel.clock import CHINA

AT = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA)
ROUNDS = 24


@pytest.fixture
def world(committed_db: str) -> tuple[Lives, str]:
    call_command("areas", "load")
    return county(AT)


def test_eight_departments_at_once_lose_nothing_and_a_period_ends_once(world: tuple[Lives, str]) -> None:
    lives, code = world
    told: Together = side_by_side(lives, code, cases=2)
    assert (told.cases, told.lost, told.blind, told.retries) == (2, 0, 0, 0)
    settled: Settled = against_silence(lives, code, rounds=ROUNDS)
    assert (settled.both, settled.neither, settled.unlike) == (0, 0, 0)
    assert settled.silence + settled.officer == ROUNDS
