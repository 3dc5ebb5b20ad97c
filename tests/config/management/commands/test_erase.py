"""``onedoor erase`` by number: cases and relays alike, for good, and never of what is under way."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.cases.world import AT, World
from tests.relay.test_commands import CLERK, handed, taken

from onedoor.cases import commands as cases
from onedoor.cases import queries
from onedoor.relay import queries as relay
from onedoor.relay.rules import Relay

__all__ = ["handed"]
pytestmark = pytest.mark.django_db


def erase(number: str) -> str:
    out = StringIO()
    call_command("erase", number, reason="保存期限届满", stdout=out)
    return out.getvalue()


def test_whatever_is_at_its_end_is_erased_by_its_number(world: World, handed: Relay) -> None:
    number = cases.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    cases.withdraw(number, by=world.citizen, at=AT)
    assert erase(number) == f"已删除 {number} 的个人信息。\n"
    assert queries.replayed(number)[0].applicant_name is None
    erase(handed.number)
    assert relay.relay(handed.number, by=CLERK).pieces == ()


def test_nothing_under_way_and_nothing_unknown_is_erased(world: World) -> None:
    open_case = cases.submit(world.application(), by=world.citizen, at=AT, key="k1").number
    for number, told in ((open_case, "还没有办结"), (taken(world), "还没有办完"), ("YD0", "没有这个代收编号")):
        with pytest.raises(CommandError, match=told):
            erase(number)
