"""What the registers say of an applicant: of a person age, sex and household; of a company nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.world import AT, World, register

from onedoor.cases import commands, queries
from onedoor.cases.queries.known import known_of
from onedoor.kernel.actor import system

pytestmark = pytest.mark.django_db
PLATFORM = system("tests")


def test_only_what_the_register_of_persons_knows_is_told(world: World) -> None:
    number = commands.submit(world.application(), by=world.citizen, at=AT, key="k").number
    case = queries.case_page(number, by=PLATFORM, on=AT.date()).case
    here = register("张三", born=date(1940, 1, 1), area="530524101001")
    known = known_of(replace(case, applicant=here), by=PLATFORM, at=AT, on=AT.date())
    assert (known["age"], known["resident"]) == (86, True)
    away = register("李四", born=date(1990, 1, 1), sequence=3)
    assert "resident" not in known_of(replace(case, applicant=away), by=PLATFORM, at=AT, on=AT.date())
    assert known_of(replace(case, applicant="entity:1"), by=PLATFORM, at=AT, on=AT.date()) == {}
