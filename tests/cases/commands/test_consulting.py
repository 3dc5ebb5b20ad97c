"""征求意见 through the commands: the clock settles silence once, the right people are told, late opinions count."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from tests.cases.conftest import catalogued
from tests.cases.world import AT, World, staff

from onedoor.cases import commands, models, queries
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.events import OpinionFellSilent
from onedoor.cases.rules.values import Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import Item, synthetic
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Target, system
from onedoor.kernel.clock import CHINA
from onedoor.kernel.errors import Forbidden, Refused
from onedoor.kernel.plan import Silence
from onedoor.notices import queries as notices
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff
from onedoor.orgs.rules.values import ALWAYS

pytestmark = pytest.mark.django_db

FIRE = "11530524015240189B"
FACTS = {"what": "fixed", "site": "own", "road": "yes"}
AFTER = datetime(2026, 3, 6, 0, 1, tzinfo=CHINA)  # accepted on Monday the 2nd, three working days: until Thursday


@pytest.fixture
def advert(world: World) -> Item:
    """户外广告, whose police opinion escalates and whose fire opinion is deemed."""
    item = catalogued("设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批")
    steps = tuple(replace(s, silence=Silence.ESCALATE) if s.key == "traffic" else s for s in item.plan.steps)
    bare = tuple(replace(m, source=type(m.source)("shared")) for m in item.materials)
    one = replace(item, materials=bare, plan=replace(item.plan, steps=steps))
    items.publish([one], by=system("tests"), at=AT)
    published.forget()
    return one


@pytest.fixture
def number(world: World, advert: Item) -> str:
    """An accepted case that asks both."""
    known = FACTS | {"applicant.kind": "person"}
    answers = synthetic.answers(advert.form, facts=known, today=AT.date(), area="530524101001") | {"carrier": "roof"}
    plain = Application(item=advert.code, situations=FACTS, answers=answers, materials={}, applicant="person:1")
    number = commands.submit(plain, by=world.citizen, at=AT, key="k").number
    return commands.accept(number, by=staff("收件员", advert.organ, Act.ACCEPT), at=AT).number


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """organ → the account of its leader; "oversee" → who oversees."""
    accounts = {"oversee": "account:oversee"}

    def leaders(organ: str, on: object) -> tuple[tuple[None, Staff], ...]:
        return ((None, Staff(1, "gs01", "王五", organ, ALWAYS, accounts.setdefault(organ, f"account:{organ}"))),)

    def officers(act: Act, target: Target, on: object) -> tuple[Staff, ...]:
        return (Staff(2, "gs02", "李督", "dc", ALWAYS, accounts["oversee"]),) if act is Act.OVERSEE else ()

    monkeypatch.setattr(orgs, "leaders", leaders)
    monkeypatch.setattr(orgs, "officers", officers)
    monkeypatch.setattr(orgs, "posts", lambda *_: ())
    monkeypatch.setattr(orgs, "organ", lambda code: type("Named", (), {"name": code}))
    return accounts


def messages(account: str) -> list[str]:
    reader = Actor(account, "王五", ActorKind.STAFF, Channel.WEB)
    return [message.body for message in notices.inbox(by=reader) if message.template == "opinion_silent"]


def silences(number: str) -> list[str]:
    told = queries.facts(models.Case.objects.get(number=number).pk)
    return sorted(fact.event.step for fact in told if isinstance(fact.event, OpinionFellSilent))


def test_the_sweep_settles_silence_once_and_tells_leaders_and_supervision(
    number: str, advert: Item, told: dict[str, str]
) -> None:
    commands.settle_due(at=AFTER)
    commands.settle_due(at=AFTER)
    assert silences(number) == ["fire", "traffic"]
    assert commands.tell_of_silence(number, at=AFTER) == 5
    (fire,) = messages(f"account:{FIRE}")
    assert "视为无异议" in fire
    assert len(messages(f"account:{advert.organ}")) == 2
    (escalated,) = messages("account:oversee")
    assert "仍在等这个意见" in escalated
    row, replay = queries.replayed(number)
    assert row == replay
    owed = set(models.Task.objects.filter(case__number=number).values_list("key", flat=True))
    assert ("traffic" in owed, "fire" in owed) == (True, False)


def test_whoever_acts_after_the_last_day_finds_silence_settled_first(number: str, advert: Item) -> None:
    fire = staff("消防", FIRE, Act.REVIEW)
    words = {"step": "fire", "verdict": Verdict.FAILED, "opinion": "遮挡窗口"}
    with pytest.raises(Refused):
        commands.complete_step(number, by=fire, at=AFTER, **words)  # type: ignore[arg-type]
    case = commands.give_late_opinion(number, by=fire, at=AFTER, **words)  # type: ignore[arg-type]
    assert (case.results["fire"].verdict, case.late["fire"].verdict) == (Verdict.SILENT, Verdict.FAILED)
    answer = {"step": "fire", "taken": True, "reason": "核实属实"}
    with pytest.raises(Forbidden):
        commands.answer_late_opinion(number, by=fire, at=AFTER, **answer)  # type: ignore[arg-type]
    chief = staff("局长", advert.organ, Act.DECIDE)
    case = commands.answer_late_opinion(number, by=chief, at=AFTER, **answer)  # type: ignore[arg-type]
    assert case.results["fire"].verdict is Verdict.FAILED
    row, replay = queries.replayed(number)
    assert row == replay
