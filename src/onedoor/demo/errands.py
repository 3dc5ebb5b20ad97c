"""Sample errands (示例代办): filled in for villagers by the real commands, waiting for their yes, or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any, Final

from onedoor.agency import commands
from onedoor.demo import data
from onedoor.demo.applications import Wish, apply_for
from onedoor.demo.clock import moment
from onedoor.demo.stories import SEED, Stage
from onedoor.kernel.actor import Channel

SOON: Final = timedelta(hours=1)


def play(stage: Stage) -> int:
    """Prepare them all; how many there are."""
    told = data.read("errands")["errands"]
    for number, row in enumerate(told):
        _one(stage, row, number)
    return len(told)


def _one(stage: Stage, row: Mapping[str, Any], number: int) -> None:
    day = stage.days.days[stage.days.before_last(row["days"])]
    at, applicant = moment(day, Random(f"{SEED}:errand:{number}")), stage.people[row["for"]]
    agent = stage.cast.actor(row["agent"], at.date(), Channel.WINDOW)
    wish = Wish(stage.item(row["item"], applicant.area), applicant, row["situations"])
    application = apply_for(wish, by=agent, at=at, today=at.date())
    errand = commands.prepare(application, by=agent, at=at, key=f"demo-{number}")
    if reason := row.get("taken_back"):
        commands.withdraw_errand(errand.number, by=agent, at=at + SOON, reason=reason)
