"""A small county for tests of cases: one published item, one applicant, the officers of one organ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.management import call_command
from tests.cases.conftest import catalogued

from onedoor.cases.rules.application import Application
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, synthetic
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation, system
from onedoor.kernel.clock import CHINA, AllowedGround, Ground
from onedoor.kernel.codes import make_id_number
from onedoor.kernel.law import Article
from onedoor.registries import commands as registries
from onedoor.registries.rules import PersonFacts

AT = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA)
EXPERTS = AllowedGround(Ground.EXPERT_REVIEW, Article("行政许可法", "45"))
CITIZEN_ACTS = frozenset({Act.VIEW, Act.SUBMIT, Act.SUPPLEMENT, Act.WITHDRAW, Act.RATE})


def citizen(party: str, name: str) -> Actor:
    mine = Representation(party, name, CITIZEN_ACTS, "本人")
    return Actor(f"account:{party}", name, ActorKind.CITIZEN, Channel.WEB, represents=(mine,))


def staff(name: str, organ: str | None, *acts: Act, area: str = "530524") -> Actor:
    grant = Grant(f"post:{name}", frozenset({Act.VIEW, *acts}), organ, area)
    return Actor(f"account:{name}", name, ActorKind.STAFF, Channel.WEB, grants=(grant,))


@dataclass(frozen=True)
class World:
    item: ItemVersion
    citizen: Actor
    stranger: Actor
    clerk: Actor
    reviewer: Actor
    leader: Actor
    guardian: Actor

    def application(self, *, name: str = "老街米线店", **changes: object) -> Application:
        facts = {"business": "sales", "rented": "no"}
        filled = synthetic.answers(self.item.form, facts=facts, today=AT.date(), area="530524101001")
        plain = Application(
            item=self.item.code,
            situations=facts,
            answers=filled | {"entity_name": name},
            materials={},
            applicant="person:1",
        )
        return replace(plain, **changes)  # type: ignore[arg-type]


def found(at: datetime = AT) -> World:
    """Publish the item and name the people."""
    call_command("areas", "load")
    item = catalogued("食品经营许可")
    bare = [replace(m, source=type(m.source)("shared")) for m in item.materials]
    reviewed = replace(item.clock, grounds=(EXPERTS, *item.clock.grounds))
    items.publish([replace(item, materials=tuple(bare), clock=reviewed)], by=system("tests"), at=at)
    published.forget()
    version = published.published(item.code)
    organ = version.organ
    return World(
        item=version,
        citizen=citizen("person:1", "张三"),
        stranger=citizen("person:2", "李四"),
        clerk=staff("收件员", organ, Act.ACCEPT, Act.NOTIFY, Act.REFUSE),
        reviewer=staff("审查员", organ, Act.REVIEW, Act.SUSPEND),
        leader=staff("局长", organ, Act.DECIDE, Act.EXTEND),
        guardian=staff("安全管理员", None, Act.MANAGE_SECURITY, area=""),
    )


def register(name: str, *, born: date = date(1980, 3, 1), sequence: int = 1, area: str = "") -> str:
    """Enter a person in the register: "person:<id>"."""
    number = make_id_number("530524", born, sequence)
    return registries.register_person(number, facts=PersonFacts(name=name, area=area), by=system("tests"), at=AT)
