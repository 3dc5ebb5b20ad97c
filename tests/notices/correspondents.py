"""Who writes to whom in these tests, and providers that only remember."""

from datetime import UTC, datetime

from onedoor.kernel.actor import Act, Actor, ActorKind, Channel, Grant, Representation
from onedoor.notices import commands
from onedoor.notices.rules import Channel as Out

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ABOUT = commands.About("case:53052420260302000127K", "530524101000")
VALUES = {"item": "食品经营许可", "case": "53052420260302000127K"}
ANNA = Actor(
    "account:1", "杨安娜", ActorKind.CITIZEN, Channel.WEB, (), (Representation("person:1", "", frozenset(Act), "本人"),)
)
BO = Actor("account:2", "柏明", ActorKind.CITIZEN, Channel.WEB)
ADMIN = Actor(
    "account:3", "管理员", ActorKind.STAFF, Channel.WEB, (Grant("系统", frozenset({Act.MANAGE_SYSTEM}), None, ""),)
)


class Provider:
    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.trouble: Exception | None = None

    def send(self, **message: str) -> str:
        if self.trouble:
            raise self.trouble
        self.sent.append(message)
        return f"R-{len(self.sent)}"


class Book:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def phone(self, ref: str, *, about: str, at: datetime) -> str:
        self.asked.append((ref, about))
        return {"person:1": "13800000000"}.get(ref, "")

    def mail(self, ref: str, *, about: str, at: datetime) -> str:
        return {"account:3": "admin@example.com"}.get(ref, "")


def send(to: str = "person:1", template: str = "submitted", channels: tuple[Out, ...] = (Out.SMS,)) -> int:
    return commands.send(to, template, VALUES, at=AT, about=ABOUT, channels=channels)
