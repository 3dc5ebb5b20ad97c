"""当面结束代办 on the page: the clerk finds the errand, ends it, and hands over the new password; twice is as once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.agency.station import Station, code_sent, station
from tests.agency.test_taking_over import NUMBER
from tests.cases.world import World

from onedoor.agency import commands
from onedoor.agency.commands import Confirmation
from onedoor.agency.rules import How
from onedoor.cases import queries as cases
from onedoor.kernel.actor import Actor

pytestmark = pytest.mark.django_db
SENT = {"proof": "household", "number": NUMBER.lower(), "reason": "本人没有手机"}


def test_it_is_found_ended_once_and_the_new_password_is_shown_today_and_to_that_clerk(
    world: World, acting: Callable[[Actor], Client]
) -> None:
    call_command("orgs", "load")
    people: Station = station(world)
    now = timezone.now()
    waiting = commands.prepare(people.application(), by=people.agent, at=now, key="a1")
    given = Confirmation(how=How.CODE, code=code_sent())
    done = commands.confirm(waiting.number, by=people.agent, at=now, given=given)
    page, clerk = f"/desk/agency/{done.number}/", acting(people.hall)
    assert clerk.get("/desk/agency/", {"number": NUMBER}).headers["Location"] == page
    assert "没有找到代办" in clerk.get("/desk/agency/", {"number": "DB0"}).content.decode()
    assert "当面结束代办" in clerk.get(page).content.decode()
    assert "当面结束代办" not in acting(people.agent).get(page).content.decode()
    wrong = clerk.post(f"{page}do/end/", {**SENT, "proof": "", "number": "1"})
    assert (wrong.status_code, "请选择本人出示的证件" in wrong.content.decode()) == (422, True)
    for _press in range(2):
        ended = clerk.post(f"{page}do/end/", SENT)
        assert (ended.status_code, ended.headers["Location"]) == (302, f"{page}ended/")
    told = clerk.get(f"{page}ended/").content.decode()
    assert (done.case in told, cases.own_password(done.case) in told) == (True, True)
    assert acting(people.colleague).get(f"{page}ended/").status_code == 404
