"""What the hall needs from outside: the card readers at its windows."""

from __future__ import annotations

from typing import Protocol

from onedoor.hall.rules import Card


class NoCard(Exception):
    """Nothing lies on the reader."""


class Misread(Exception):
    """A card lies there, but could not be read."""


class ReaderDown(Exception):
    """The reader, or what drives it, does not answer."""


class CardReader(Protocol):
    """Reads identity cards. One service of the hall drives the readers of all windows."""

    def read(self, desk: str) -> Card:
        """The card on the reader of this window ("3"). Raises NoCard, Misread or ReaderDown."""


class _Wired:
    reader: CardReader | None = None


def connect(*, reader: CardReader | None) -> None:
    """Called once by the wiring. None = this hall has no readers that can be asked."""
    _Wired.reader = reader


def reader() -> CardReader | None:
    """The connected reader."""
    return _Wired.reader
