"""The jobs of the sample county are done as its stories go on, wherever an act left them."""

from __future__ import annotations

import pytest
from tests.cases.street import founded
from tests.cases.world import AT

from onedoor.cases import commands
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.rules.values import Outcome, State
from onedoor.demo.worker import simulated

pytestmark = pytest.mark.django_db


def test_results_are_made_and_the_whole_follows_its_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onedoor.demo.worker.SIMULATED", PLATFORM)  # this database is no demo
    street = founded()
    with simulated() as worker:
        number = street.submit()
        commands.accept(number, by=street.officers[street.bundle.organ], at=AT)
        worker.work(at=AT)
        street.review(street.child(number, "food").number)
        worker.work(at=AT)
        assert street.child(number, "food").state is State.CLOSED
        assert street.case(number).children["food"].outcome is Outcome.GRANTED
        assert worker.work(at=AT) == {}
