"""The hall's card readers without any reader: somebody says which card lies at which window.

``POST /read {"desk"}`` (bearer token) answers like the real service · ``POST /card {"desk", "card"}`` lays a card down
(``null`` takes it away) · ``POST /fail {"times", "code": 422}`` lets the next readings fail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, cast

from onedoor.simulators.control import Desk, Record

WHAT: Final = "读卡器模拟器：不读任何真实证件"


@dataclass(slots=True)
class Readers(Record):
    """The memory of the simulator: which card lies at which window."""

    cards: dict[str, dict[str, Any]] = field(default_factory=dict)


class ReaderDesk(Desk):
    """The service of the hall beside the simulator's own desk. No number is kept of what was read."""

    default_code = 422

    def do_POST(self) -> None:
        """Read, lay a card down, or be told to fail."""
        if self.path not in {"/read", "/card"}:
            super().do_POST()
            return
        body, readers = self.body(), cast("Readers", self.record)
        if body is None or "desk" not in body:
            self.answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "no desk"})
        elif self.path == "/card":
            self._lay(readers, str(body["desk"]), body.get("card"))
        else:
            self._read(readers, str(body["desk"]))

    def _lay(self, readers: Readers, desk: str, card: object) -> None:
        readers.cards.pop(desk, None)
        if isinstance(card, dict):
            readers.cards[desk] = dict(card)
        self.answer(HTTPStatus.OK, {"desk": desk, "card": desk in readers.cards})

    def _read(self, readers: Readers, desk: str) -> None:
        if not self.headers.get("Authorization", "").startswith("Bearer "):
            self.answer(HTTPStatus.UNAUTHORIZED, {"error": "no token"})
        elif refusal := readers.refusal():
            self.answer(refusal, {"error": "told to fail"})
        elif desk not in readers.cards:
            self.answer(HTTPStatus.NOT_FOUND, {"error": "no card"})
        else:
            readers.take({"desk": desk, "key": ""})
            self.answer(HTTPStatus.OK, {"card": readers.cards[desk]})
