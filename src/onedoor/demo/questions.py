"""Sample questions (示例咨询): asked, answered, published and rated by the real commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from onedoor.demo import data
from onedoor.demo.clock import moment
from onedoor.demo.stories import SEED, Stage
from onedoor.hotline import commands
from onedoor.hotline.commands import Asking

SOON: Final = timedelta(hours=1)


def play(stage: Stage) -> int:
    """Ask them all, the oldest first; how many there are."""
    told = sorted(_timed(stage), key=lambda pair: pair[0])
    for at, row in told:
        _one(stage, row, at)
    return len(told)


def _timed(stage: Stage) -> Iterator[tuple[datetime, Mapping[str, Any]]]:
    for number, row in enumerate(data.read("questions")["questions"]):
        day = stage.days.days[stage.days.before_last(row["days"])]
        yield moment(day, Random(f"{SEED}:question:{number}")), row


def _one(stage: Stage, row: Mapping[str, Any], at: datetime) -> None:
    asker = stage.people[row["by"]]
    by = stage.cast.actor(asker.account, at.date())
    item = stage.item(row["item"], asker.area).code if row["item"] else ""
    asked = commands.ask(Asking(text=row["text"], item=item, area=asker.area), by=by, at=at, key=f"demo-{row['text']}")
    if "answer" not in row:
        return
    officer = stage.cast.actor(row["officer"], at.date())
    commands.answer(asked.number, by=officer, at=at + SOON, text=row["answer"])
    commands.rate_answer(asked.number, by=by, at=at + 2 * SOON, level=row["rate"])
    commands.publish_answer(asked.number, by=officer, at=at + 3 * SOON, asked=row["publish"], answered=row["answer"])
