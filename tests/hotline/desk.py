"""The people of a question: who asks, who dispatches, who answers, who checks."""

from __future__ import annotations

from dataclasses import dataclass

from tests.cases.world import AT, World, staff

from onedoor.hotline import commands
from onedoor.hotline.commands import Asked, Asking
from onedoor.kernel.actor import ANONYMOUS, Act, Actor

OTHER = "11530524015240031P"
TEXT = "我在老街开米线店，办食品经营许可要带什么材料？"


@dataclass(frozen=True)
class Desk:
    world: World
    dispatcher: Actor
    officer: Actor
    leader: Actor
    elsewhere: Actor

    def ask(self, *, by: Actor | None = None, key: str = "k1", general: bool = False, **changes: str) -> Asked:
        asking = Asking(text=changes.pop("text", TEXT), item="" if general else self.world.item.code, **changes)
        return commands.ask(asking, by=by or self.world.citizen, at=AT, key=key)

    def ask_by_phone(self, **changes: str) -> Asked:
        given = {"phone": "13800000009", "name": "老王", "key": "p1", **changes}
        return self.ask(by=ANONYMOUS, **given)  # type: ignore[arg-type]


def staffed(world: World) -> Desk:
    organ = world.item.organ
    return Desk(
        world,
        dispatcher=staff("派单员", None, Act.DISPATCH),
        officer=staff("答复员", organ, Act.ANSWER),
        leader=staff("负责人", organ, Act.DECIDE),
        elsewhere=staff("别处", OTHER, Act.ANSWER),
    )
