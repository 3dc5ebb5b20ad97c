"""Who stores files in these tests, and a scanner that says what it is told to."""

from datetime import UTC, datetime
from typing import Any, BinaryIO

from uploads import PDF

from onedoor.kernel.actor import Actor, ActorKind, Channel
from onedoor.vault import commands, ports
from onedoor.vault.rules import Binding, StoredFile

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ANNA = Actor("account:1", "杨安娜", ActorKind.CITIZEN, Channel.WEB)
BO = Actor("account:2", "柏明", ActorKind.CITIZEN, Channel.WEB)
CASE = Binding("case:53052420260302000001A", "530524101000")


def keep(content: bytes | BinaryIO = PDF, name: str = "材料.pdf", by: Actor = ANNA, **more: Any) -> StoredFile:
    return commands.store(content, name=name, by=by, at=AT, **more)


class Scanner:
    def __init__(self, found: str = "", *, silent: bool = False) -> None:
        self.found, self.silent, self.seen = found, silent, b""

    def scan(self, content: BinaryIO) -> ports.Verdict:
        if self.silent:
            raise ports.ScannerUnavailable("no answer")
        self.seen = content.read()
        return ports.Verdict(self.found)

    def version(self) -> str:
        return "ClamAV 1.4"
