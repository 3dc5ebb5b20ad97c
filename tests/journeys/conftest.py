"""One real instance with the sample county, one Chromium, and everybody's way in.

Who is driven where (d desktop, p telephone, e 长辈版, n without JavaScript); every_page walks the rest:

| kind of person            | journey                                         | d | p | e | n |
|---------------------------|-------------------------------------------------|---|---|---|---|
| villager of sixty or more | offers, allowance                               | x | x | x | x |
| restaurant owner          | food_permit                                     | x | x |   |   |
| farmer, refused           | water_refused                                   | x | x |   |   |
| disabled citizen          | disability_certificate; followed up by p        | x | x |   | x |
| whoever asks or passes by | consultation, village_agency, every_page        | x | x | x | x |
| window clerk              | window_day (d, n), desk_day (p)                 | x | x |   | x |
| clerk and examiner        | desk_day, food_permit, water_refused            | x | x |   |   |
| chief representative      | chief_representative                            | x | x |   |   |
| leader                    | food_permit (outside the hall), water_refused   | x | x |   |   |
| township, village worker  | village_agency (receipt, errand), allowance     | x | x |   | x |
| director                  | director                                        | x | x |   |   |
| manager of an item        | service_changed                                 | x | x |   |   |
| drafter, reviewer of items| one_item_one_standard                           | x | x |   | x |
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.journeys.browsing import Parts
from tests.journeys.doors import Door
from tests.journeys.instances import Instance

from onedoor.instance.processes import wait_until


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """``onedoor up`` with the sample county, once; stopped by SIGTERM, which it obeys.

    After all journeys every row is its replay, and the journal verifies.
    While journeys are written, ONEDOOR_JOURNEYS=FOLDER uses the instance that already serves that folder.
    """
    if given := os.environ.get("ONEDOOR_JOURNEYS"):
        yield Instance(Path(given), port=json.loads((Path(given) / "run.json").read_text())["port"])
        return
    instance = Instance(tmp_path_factory.mktemp("county") / "data")
    instance.start()
    yield instance
    try:
        assert instance.faults() == []
        assert instance.stop() == 0
    finally:
        instance.end()


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Who has signed in."""
    return {}


@pytest.fixture(scope="session")
def known() -> Parts:
    """What axe has seen."""
    return {}


@pytest.fixture
def door(county: Instance, chromium: Browser, sessions: dict[str, Any], known: Parts) -> Iterator[Door]:
    """After every journey: no page that anybody saw had a fault."""
    found = Door(county, chromium, sessions, known)
    yield found
    wrong = found.wrong()
    found.close()
    assert wrong == []


@pytest.fixture(scope="session")
def arrived(county: Instance) -> Iterator[str]:
    """Applications that came in this morning: each journey takes the next numbers."""
    return iter(json.loads(county.program("tests.journeys.arrivals")))


@pytest.fixture
def settled(county: Instance) -> Callable[[str], None]:
    """Wait until the worker has made a case's result and closed it."""

    def wait(number: str) -> None:
        ask = f"SELECT 1 FROM cases_case WHERE number = '{number}' AND state = 'closed'"
        assert wait_until(lambda: bool(county.ask(ask)), 60)

    return wait
