"""The sample cases: scripts played by the real commands, day after day, in one common order of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Case
from onedoor.demo import bundles, scenes
from onedoor.demo.applications import Wish, apply_for
from onedoor.demo.clock import Days, moment
from onedoor.demo.people import Applicant
from onedoor.demo.scenes import Scene
from onedoor.demo.staff import Cast
from onedoor.demo.worker import SIMULATED, Worker
from onedoor.items import queries as items
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Actor, Channel

SEED = 530524
SCENES = {**scenes.SCENES, **bundles.SCENES}
HALL = "zwfw11"
TOWNSHIP = 9  # digits of a township's code


@dataclass(frozen=True, slots=True)
class Script:
    """One story of the file."""

    number: int
    item: str
    by: str
    start: int
    acts: tuple[tuple[str, int], ...]
    window: bool = False
    acting: str = ""
    situations: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    later: tuple[str, ...] = ()


def scripts(told: Mapping[str, Any]) -> tuple[Script, ...]:
    """The stories as values. Raises KeyError or ValueError naming nothing: the file is ours and tested."""
    return tuple(
        Script(
            number=number,
            item=row["item"],
            by=row["by"],
            start=row["from"],
            acts=tuple(_act(text) for text in row["acts"]),
            window=row.get("via") == "window",
            acting=row.get("as", ""),
            situations=row.get("situations", {}),
            answers={**told["answers"], **row.get("answers", {})},
            later=tuple(row.get("later", ())),
        )
        for number, row in enumerate(told["stories"])
    )


def _act(text: str) -> tuple[str, int]:
    verb, _, gap = text.rpartition(" ")
    return verb, int(gap)


@dataclass(slots=True)
class Stage:
    """Where all stories are played: people, cast, the days gone by, and the worker."""

    people: Mapping[str, Applicant]
    cast: Cast
    days: Days
    worker: Worker
    cases: dict[str, Case] = field(default_factory=dict)
    published: dict[tuple[str, str], ItemVersion] = field(default_factory=dict)

    def item(self, name: str, area: str) -> ItemVersion:
        """The published item of that name; of township items, the one of the applicant's own township."""
        key = (name, area)
        if key not in self.published:
            lines = [line for line in items.catalogue() if line.name == name]
            own = [line for line in lines if line.area[:TOWNSHIP] == area[:TOWNSHIP]]
            self.published[key] = items.version((own or lines)[0].id)
        return self.published[key]


def play(stage: Stage, told: tuple[Script, ...]) -> int:
    """Play every story up to the last day; returns how many cases there are."""
    queue: list[tuple[datetime, int, Iterator[datetime]]] = []
    for script in told:
        story = _story(stage, script)
        heapq.heappush(queue, (next(story), script.number, story))
    today = date.min
    while queue:
        at, number, story = heapq.heappop(queue)
        if at.date() > today:
            today = at.date()
            _look_again(stage, stage.worker.sweep(at=at.replace(hour=0, minute=30)), today)
        following = next(story, None)
        stage.cases |= stage.worker.work(at=at)
        if following is not None:
            heapq.heappush(queue, (following, number, story))
    return len(stage.cases)


def _look_again(stage: Stage, numbers: tuple[str, ...], on: date) -> None:
    for number in numbers:
        stage.cases[number] = queries.case_page(number, by=SIMULATED, on=on).case


def _story(stage: Stage, script: Script) -> Iterator[datetime]:
    """Yields each moment at which it wants to act, and acts when resumed; ends at the last day."""
    drawn = Random(f"{SEED}:{script.number}")
    place = stage.days.before_last(script.start)
    at = moment(stage.days.days[place], drawn)
    yield at
    number = _submit(stage, script, at)
    for verb, gap in script.acts:
        name, _, argument = verb.partition(":")
        again = True
        while again:
            place += gap
            if place >= len(stage.days.days):
                return
            at = moment(stage.days.days[place], drawn, after=at)
            yield at
            asker = _asker(stage, script, at)
            scene = Scene(stage.cases[number], asker, stage.cast, at, argument, stage.worker, stage.people)
            stage.cases[number], again = SCENES[name](scene)


def _submit(stage: Stage, script: Script, at: datetime) -> str:
    by, applicant = _asker(stage, script, at), stage.people[script.by]
    own = {"electronic_service": False, "delivery_way": "window"} if script.window else {}
    wish = Wish(
        stage.item(script.item, applicant.area), applicant, script.situations, {**script.answers, **own}, script.later
    )
    application = apply_for(wish, by=by, at=at, today=at.date())
    receipt = commands.submit(application, by=by, at=at, key=f"demo-{script.number}")
    stage.cases[receipt.number] = queries.case_page(receipt.number, by=SIMULATED, on=at.date()).case
    return receipt.number


def _asker(stage: Stage, script: Script, at: datetime) -> Actor:
    """Whoever stands for the applicant: the applicant, the head of the company, a parent, or the hall's clerk."""
    if script.window:
        return stage.cast.actor(HALL, at.date(), Channel.WINDOW)
    one = stage.people[script.acting or script.by]
    return stage.cast.actor((stage.people[one.head] if one.head and not one.account else one).account, at.date())
