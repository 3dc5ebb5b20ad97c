"""The people of an errand: a villager without an account, the township's agent, a hall officer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.cases.world import AT, World, register, staff

from onedoor.agency import commands
from onedoor.agency.rules import Errand
from onedoor.cases.rules.application import Application
from onedoor.kernel.actor import Act, Actor
from onedoor.notices.models import Delivery

STATION = "11530524015241018J"
AREA = "530524101"


@dataclass(frozen=True)
class Station:
    world: World
    villager: str
    agent: Actor
    colleague: Actor
    hall: Actor
    elsewhere: Actor

    def application(self, **changes: object) -> Application:
        return self.world.application(applicant=self.villager, electronic_service=False, **changes)

    def prepare(self, *, key: str = "a1", **changes: object) -> Errand:
        return commands.prepare(self.application(**changes), by=self.agent, at=AT, key=key)


def code_sent(template: str = "agency_waiting") -> str:
    """The code of the last short message, as the villager's phone shows it."""
    text = Delivery.objects.filter(notice__template=template).latest("id").text
    found = re.search(r"确认码(\d{6})", text)
    assert found, text
    return found[1]


def station(world: World) -> Station:
    return Station(
        world,
        villager=register("王桂英"),
        agent=staff("代办员", STATION, Act.RECEIVE, Act.ACCEPT, Act.REVIEW, Act.DECIDE, area=AREA),
        colleague=staff("同事", STATION, Act.RECEIVE, area=AREA),
        hall=staff("大厅", None, Act.RECEIVE, area="530524"),
        elsewhere=staff("别镇", "11530524015241026D", Act.RECEIVE, area="530524102"),
    )
