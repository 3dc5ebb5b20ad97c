"""A food permit as the catalogue publishes it, the national calendar, and officers who may act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import chinese_calendar
import pytest

from onedoor.cases.rules import events as e
from onedoor.cases.rules.events import Fact
from onedoor.cases.rules.fold import apply
from onedoor.cases.rules.occasion import Occasion
from onedoor.cases.rules.tasks import called_for, owners
from onedoor.cases.rules.values import Case
from onedoor.items import rules as items
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Actor, ActorKind, Channel
from onedoor.kernel.clock import CHINA
from onedoor.kernel.workdays import Calendar

CATALOGUE = Path(items.__file__).parents[1] / "data" / "530524"


def catalogued(name: str) -> items.Item:
    files = [*sorted(CATALOGUE.glob("*.yaml")), *CATALOGUE.glob("bundles/*.yaml")]
    texts = ((path.name, path.read_text(encoding="utf-8")) for path in files)
    return next(items.read(text, file=file).item for file, text in texts if f"\nname: {name}\n" in text)


@cache
def catalogue() -> tuple[ItemVersion, ...]:
    """Every item of the county, as published."""
    texts = ((path.name, path.read_text(encoding="utf-8")) for path in sorted(CATALOGUE.glob("*.yaml")))
    return tuple(_as_published(items.read(text, file=file).item) for file, text in texts)


def published(name: str) -> ItemVersion:
    return _as_published(catalogued(name))


def _as_published(item: items.Item) -> ItemVersion:
    values = {field: getattr(item, field) for field in items.Item.__dataclass_fields__}
    day = date(2026, 1, 1)
    return ItemVersion(**values, id=1, number=1, digest="", published_on=day, effective_from=day)


@pytest.fixture(scope="session")
def food() -> ItemVersion:
    return published("食品经营许可")


def national_calendar() -> Calendar:
    make_up = frozenset(chinese_calendar.constants.workdays)
    return Calendar(2004, 2026, frozenset(chinese_calendar.constants.holidays) - make_up, make_up, "test")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return national_calendar()


def officer(name: str) -> Actor:
    return Actor(f"account:{name}", name, ActorKind.STAFF, Channel.WEB)


Now = Callable[..., Occasion]


@pytest.fixture
def now(food: ItemVersion, calendar: Calendar) -> Now:
    def occasion(on: date, by: str = "王某", item: ItemVersion = food) -> Occasion:
        return Occasion(item, calendar, datetime.combine(on, time(10), CHINA), officer(by))

    return occasion


def submitted(item: ItemVersion, on: date, facts: dict[str, object]) -> e.Submitted:
    return e.Submitted(
        id=1,
        number="530524202603020003172",
        item=item.code,
        item_version=item.id,
        item_name=item.name,
        organ=item.organ,
        area="530524101001",
        applicant="person:1",
        agent=None,
        received=on,
        electronic_service=True,
        steps=called_for(item.plan, facts),
        owners=owners(item.plan, own=item.organ, township=None),
        materials={"layout": ("f1",)},
        applicant_name="张三",
        answers='{"business": "catering"}',
    )


def fold(case: Case | None, events: tuple[e.Event, ...], occasion: Occasion) -> Case:
    for event in events:
        seq = case.version + 1 if case else 1
        case = apply(case, Fact(seq, occasion.at, occasion.by.ref, "web", event))
    assert case is not None
    return case


@pytest.fixture
def case(food: ItemVersion, now: Now) -> Case:
    received = date(2026, 3, 2)
    return fold(None, (submitted(food, received, {"business": "catering"}),), now(received, "张三"))
