"""A bundle of three departments for tests of cases: food leads, drains and tobacco take part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from django.core.management import call_command
from tests.cases.conftest import catalogue, catalogued
from tests.cases.world import AT, citizen, staff

from onedoor.cases import commands, queries
from onedoor.cases.commands.acting import PLATFORM
from onedoor.cases.rules.application import Application
from onedoor.cases.rules.values import Case, Outcome, Pledge, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import Item, ItemVersion, item_of, synthetic
from onedoor.items.rules.codes import Necessity, Source
from onedoor.items.rules.given import Taken
from onedoor.items.rules.promises import Tolerance
from onedoor.kernel.actor import Act, Actor, system

NOTHING: Mapping[str, Pledge] = MappingProxyType({})
SITUATIONS = {
    "large": "no", "sign": "no", "sewer": "yes", "cigarettes": "yes", "rented": "no",
    "tobacco_care": "no",
}  # fmt: skip


@dataclass(frozen=True)
class Street:
    """Three departments and one who opens a restaurant; the tobacco licence waits for the food permit."""

    bundle: ItemVersion
    owner: Actor
    officers: dict[str, Actor]
    situations: Mapping[str, str] = field(default_factory=SITUATIONS.copy)

    def submit(
        self,
        key: str = "k1",
        *,
        electronic: bool = True,
        at: datetime = AT,
        promised: Mapping[str, Pledge] = NOTHING,
        agent: str | None = None,
    ) -> str:
        told = dict(self.situations)
        form = synthetic.answers(self.bundle.form, facts=told, today=at.date(), area="530524101001")
        form |= {"electronic_service": electronic}
        application = Application(
            item=self.bundle.code,
            answers=form,
            situations=told,
            materials={},
            applicant="person:1",
            electronic_service=electronic,
            promised=promised,
            agent=agent,
        )
        return commands.submit(application, by=self.owner, at=at, key=key).number

    def officer(self, number: str, member: str) -> Actor:
        """Who acts for the organ of this member."""
        return self.officers[self.case(number).owners[member]]

    def case(self, number: str) -> Case:
        return queries.case_page(number, by=PLATFORM, on=AT.date()).case

    def child(self, number: str, member: str) -> Case:
        return self.case(self.case(number).children[member].number)

    def decide(self, number: str, *, outcome: Outcome = Outcome.GRANTED) -> None:
        """All that the organ of one member has to do on its case, and its result made."""
        self.review(number, outcome=outcome)
        commands.make_result(number, at=AT)

    def review(self, number: str, *, outcome: Outcome = Outcome.GRANTED) -> None:
        """All that the organ of one member has to do on its case."""
        case = self.case(number)
        officer = self.officers[case.organ]
        while steps := [t for t in queries.case_page(number, by=officer, on=AT.date()).tasks if t.act is Act.REVIEW]:
            commands.complete_step(
                number,
                by=officer,
                at=AT,
                step=steps[0].key,
                verdict=Verdict.PASSED,
                opinion="符合",
                officers=("甲", "乙"),
            )
        commands.decide(number, by=officer, at=AT, outcome=outcome, reasons="理由", article="第三十八条")


def opened(
    name: str, *keys: str, change: Callable[[Item], Item] = lambda item: item, **taken: Taken
) -> tuple[ItemVersion, dict[str, Actor]]:
    """A bundle of these members alone, published, and who works at their organs. No paper is needed, but for what
    ``change`` makes of a member.
    """
    call_command("areas", "load")
    whole = catalogued(name)
    members = [m for m in whole.members if m.key in keys]
    single = [next(one for one in catalogue() if one.code == m.item) for m in members]
    items.publish([change(bare(item_of(one))) for one in single], by=system("tests"), at=AT)
    published.forget()
    waiting = tuple(replace(m, taken=(taken[m.key],)) if m.key in taken else m for m in members)
    shared = {
        name: tuple(
            replace(one, of=tuple(o for o in one.of if o.partition(".")[0] in keys)) for one in getattr(whole, name)
        )
        for name in ("shared_facts", "shared_materials")
    }
    items.publish(published.composed([replace(whole, members=waiting, **shared)]), by=system("tests"), at=AT)
    published.forget()
    acts = (Act.ACCEPT, Act.NOTIFY, Act.REFUSE, Act.REVIEW, Act.DECIDE, Act.DELIVER)
    officers = {one.organ: staff(one.organ_name, one.organ, *acts) for one in single}
    return published.published(whole.code), officers


def bare(one: Item) -> Item:
    """The item without paper."""
    return replace(one, materials=tuple(replace(m, source=type(m.source)("shared")) for m in one.materials))


def promising(tolerance: Tolerance | None = None) -> Street:
    """The same three, each of which takes one material later; of food a promise also stands for its layout."""
    late = {"食品经营许可": "rules", "城镇污水排入排水管网许可": "plan", "烟草专卖零售许可证核发": "shop_photo"}

    def change(item: Item) -> Item:
        food, later = item.name == "食品经营许可", late[item.name]
        materials = tuple(
            replace(
                m,
                source=Source.APPLICANT,
                when=None,
                necessity=Necessity.TOLERATED if m.key == later else Necessity.REQUIRED,
                tolerated=m.key == later,
                tolerated_days=3 if m.key == later else 0,
                pledge="" if m.key == later else "示例规定",
            )
            if m.key == later or (food and m.key == "layout")
            else m
            for m in item.materials
        )
        return replace(item, materials=materials, tolerance=(tolerance if food else None) or Tolerance("清单"))

    keys = ("food", "drain", "tobacco")
    bundle, officers = opened("开办餐饮店（一件事）", *keys, change=change, tobacco=Taken("premises", "food"))
    return Street(bundle, citizen("person:1", "张三"), officers)


def founded() -> Street:
    """Food, drains and tobacco published with their bundle; the food permit's organ leads."""
    bundle, officers = opened("开办餐饮店（一件事）", "food", "drain", "tobacco", tobacco=Taken("premises", "food"))
    return Street(bundle, citizen("person:1", "张三"), officers)
