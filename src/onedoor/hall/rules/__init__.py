"""The hall's values and rules. Pure: no Django, no time of its own."""

from onedoor.hall.rules.cards import Card, check_card
from onedoor.hall.rules.events import EVENTS, Event, from_body, to_body
from onedoor.hall.rules.fold import Fact, apply, fold
from onedoor.hall.rules.numbers import as_typed, receipt_number, why_not_receipt_number
from onedoor.hall.rules.papers import HallPaper, Line, Voucher, delivery, fees, next_step, voucher
from onedoor.hall.rules.places import place_of
from onedoor.hall.rules.values import Correction, Identity, Taken, TakenMaterial, Visit

__all__ = [
    "EVENTS",
    "Card",
    "Correction",
    "Event",
    "Fact",
    "HallPaper",
    "Identity",
    "Line",
    "Taken",
    "TakenMaterial",
    "Visit",
    "Voucher",
    "apply",
    "as_typed",
    "check_card",
    "delivery",
    "fees",
    "fold",
    "from_body",
    "next_step",
    "place_of",
    "receipt_number",
    "to_body",
    "voucher",
    "why_not_receipt_number",
]
