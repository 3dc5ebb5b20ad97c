"""利害关系人 looked up by number: the register says who it is, the read is recorded, and messages reach the party."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from tests.cases.world import World, register
from tests.desk.review.test_views import do

from onedoor.cases import commands, queries
from onedoor.kernel.actor import Actor, system
from onedoor.kernel.codes import make_id_number, make_uscc
from onedoor.registries import commands as registries
from onedoor.registries import queries as registered
from onedoor.registries.rules import EntityFacts, EntityKind, PersonFacts

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]
PLATFORM = system("tests")
NEAR = {"concern": "隔壁住户，油烟排向他家"}


@pytest.fixture
def number(world: World) -> str:
    now = timezone.now()
    number = commands.submit(world.application(), by=world.citizen, at=now, key="k1").number
    return commands.accept(number, by=world.clerk, at=now).number


def test_a_person_and_a_company_are_found_by_number(world: World, acting: SignIn, number: str) -> None:
    officer, now = acting(world.reviewer), timezone.now()
    mine, code = make_id_number("530524", now.date().replace(year=1980), 7), make_uscc("91530524", "MA6KL009")
    register("张三")  # the applicant
    person = registries.register_person(mine, facts=PersonFacts(name="周国强"), by=PLATFORM, at=now)
    facts = EntityFacts(name="隔壁茶庄", kind=EntityKind.SOLE_TRADER)
    entity = registries.register_entity(code, facts=facts, by=PLATFORM, at=now)
    status, page = do(officer, number, "name_interested", party_number=mine, **NEAR)
    assert (status, "没有这个人的电话" in page) == (422, True)
    assert do(officer, number, "name_interested", party_number=mine, mobile="13800000001", **NEAR)[0] == 200
    status, page = do(officer, number, "name_interested", party_number=code.lower(), **NEAR)
    assert (status, "隔壁茶庄" in page) == (200, True)
    seats = queries.replayed(number)[0].interested
    assert [(one.party, one.name) for one in seats.values()] == [(person, "周国强"), (entity, "隔壁茶庄")]
    assert {one.case for one in registered.readings_of(person, by=PLATFORM)} == {number}


def test_what_no_register_has_is_said_plainly(world: World, acting: SignIn, number: str) -> None:
    officer, unknown = acting(world.reviewer), make_id_number("530524", timezone.now().date().replace(year=1981), 8)
    for given, told in (("12345", "号码不对"), (unknown, "登记库里没有这个号码")):
        status, page = do(officer, number, "name_interested", party_number=given, **NEAR)
        assert (status, told in page, "隔壁住户" in page) == (422, True, True)


def test_nobody_is_looked_up_by_whoever_may_name_nobody(world: World, acting: SignIn, number: str) -> None:
    now = timezone.now()
    mine = make_id_number("530524", now.date().replace(year=1982), 9)
    person = registries.register_person(mine, facts=PersonFacts(name="周国强"), by=PLATFORM, at=now)
    status, page = do(acting(world.clerk), number, "name_interested", party_number=mine, **NEAR)
    assert (status, "周国强" in page) == (403, False)
    commands.withdraw(number, by=world.citizen, at=now)
    do(acting(world.reviewer), number, "name_interested", party_number=mine, **NEAR)
    assert registered.readings_of(person, by=PLATFORM) == ()
