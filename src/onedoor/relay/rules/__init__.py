"""The values and rules of what is taken in for an organ elsewhere. Pure: no Django, no time of its own."""

from onedoor.relay.rules.acts import Wish, answer, arrive, decided, give_back, hand, pieces_of, send, whole, withdraw
from onedoor.relay.rules.events import EVENTS, Event, from_body, to_body
from onedoor.relay.rules.fold import Fact, apply, replay
from onedoor.relay.rules.papers import LIST, RECEIPT, RETURN, Told, packing_list, receipt, return_receipt
from onedoor.relay.rules.values import (
    MODE_NAMES,
    UNDECIDED,
    Decider,
    Mode,
    Piece,
    Relay,
    Reply,
    Stage,
    Turn,
)

__all__ = [
    "EVENTS",
    "LIST",
    "MODE_NAMES",
    "RECEIPT",
    "RETURN",
    "UNDECIDED",
    "Decider",
    "Event",
    "Fact",
    "Mode",
    "Piece",
    "Relay",
    "Reply",
    "Stage",
    "Told",
    "Turn",
    "Wish",
    "answer",
    "apply",
    "arrive",
    "decided",
    "from_body",
    "give_back",
    "hand",
    "packing_list",
    "pieces_of",
    "receipt",
    "replay",
    "return_receipt",
    "send",
    "to_body",
    "whole",
    "withdraw",
]
