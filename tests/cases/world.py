"""A small county for tests of cases: one published item, one applicant, the officers of one organ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tests.cases.conftest import published as catalogue_item

from onedoor.cases.rules.application import Application
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion
from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation, system
from onedoor.kernel.clock import CHINA

AT = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA)
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
    auditor: Actor

    def application(self, *, name: str = "老街米线店", **changes: object) -> Application:
        plain = Application(
            item=self.item.code,
            situations={"business": "sales", "rented": "no"},
            answers=ANSWERS | {"entity_name": name},
            materials={},
            applicant="person:1",
        )
        return replace(plain, **changes)  # type: ignore[arg-type]


ANSWERS: dict[str, object] = {
    "entity_uscc": "91530524MA6K00001Y",
    "responsible_name": "张三",
    "responsible_id": "11010519491231002X",
    "contact_name": "张三",
    "contact_mobile": "13800001111",
    "place_area": "530524101001",
    "place_address": "田园镇示例路 1 号",
    "place_size": "80",
}


def found(at: datetime = AT) -> World:
    """Publish the item and name the people."""
    item = catalogue_item("食品经营许可")
    bare = [replace(m, source=type(m.source)("shared")) for m in item.materials]
    items.publish([replace(item, materials=tuple(bare))], by=system("tests"), at=at)
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
        auditor=staff("审计员", None, Act.AUDIT),
    )
