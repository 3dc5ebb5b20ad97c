"""Sample relays (示例异地收件): taken in at the hall by the real commands; one on its way, one that came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any, Final

from onedoor.demo import data
from onedoor.demo.clock import moment
from onedoor.demo.files import png
from onedoor.demo.stories import HALL, SEED, Stage
from onedoor.hall import commands as hall
from onedoor.journal.rules import EntryMode
from onedoor.kernel.actor import Actor, Channel
from onedoor.relay import commands
from onedoor.relay.commands import Elsewhere
from onedoor.relay.rules import Decider, Mode, Relay, Reply, Wish, pieces_of
from onedoor.vault import commands as vault

PHONE: Final = "0875-0000000"
SHADE: Final = 120
BASIS: Final = "滇西通办协议（示例）"


def play(stage: Stage) -> int:
    """Take them all in, and on; how many there are."""
    told = data.read("relays")["relays"]
    for number, row in enumerate(told):
        _one(stage, row, number)
    return len(told)


def _one(stage: Stage, row: Mapping[str, Any], order: int) -> None:
    drawn, place = Random(f"{SEED}:relay:{order}"), stage.days.before_last(row["days"])
    at, applicant = moment(stage.days.days[place], drawn), stage.people[row["for"]]
    by = stage.cast.actor(HALL, at.date(), Channel.WINDOW)
    visit = hall.open_visit(hall.Standing(applicant.ref, applicant.ref, "3"), by=by, at=at, key=f"demo-relay-{order}")
    decider = Decider(row["organ"], row["place"], PHONE)
    wish = Wish(row["item"], decider, Mode.COLLECT, BASIS, pieces_of(row["materials"]))
    number = commands.take_relay(visit, wish, by=by, at=at, key=f"demo-{order}").number
    scan = vault.store(png(SHADE), name="收到的材料.png", by=by, at=at, entry_mode=EntryMode.SIMULATED)
    commands.scan_relay(number, [scan.id], by=by, at=at)
    hall.close_visit(visit.token, by=by, at=at, returned={})
    for step in row["acts"]:
        name, _, gap = step["act"].rpartition(" ")
        place += int(gap)
        at = moment(stage.days.days[place], drawn, after=at)
        ACTS[name](number, step["told"], by=stage.cast.actor(HALL, at.date(), Channel.WINDOW), at=at)


def _send(number: str, told: str, *, by: Actor, at: datetime) -> Relay:
    return commands.send_relay(number, by=by, at=at, way=told)


def _refuse(number: str, told: str, *, by: Actor, at: datetime) -> Relay:
    return commands.answer_relay(number, Reply.REFUSED, Elsewhere(at.date(), told), by=by, at=at)


def _return(number: str, told: str, *, by: Actor, at: datetime) -> Relay:
    return commands.return_relay(number, by=by, at=at, receiver=told)


ACTS: Final[Mapping[str, Callable[..., Relay]]] = {"send": _send, "refuse": _refuse, "return": _return}
