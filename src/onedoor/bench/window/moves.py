"""What a clerk does at the window, as movements of the hands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from onedoor.bench.window.hands import OPEN, Hands
from onedoor.kernel.codes import make_id_number

TEXTS: Final = {
    "": "13800000000",
    "situations.guardian": "1",
    "minor": "1",
    "since": "生下来就有",
    "home_address": "老街8号",
}
PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Someone:
    """Who stands at the window, as the card says it. ``name`` "": already registered."""

    number: str
    name: str = ""


def elder(sequence: int, name: str = "") -> Someone:
    """Somebody of eighty or more who has no account; synthetic, with a valid check digit."""
    return Someone(make_id_number("533025", date(1942, 3, 4), sequence), name)


def relative(sequence: int, name: str = "") -> Someone:
    """Somebody who comes for an elder."""
    return Someone(make_id_number("533025", date(1971, 5, 6), sequence), name)


def receive(hands: Hands, applicant: Someone, *, agent: Someone | None = None) -> None:
    """谁来办, on the page for the next person: the numbers on the cards, and names where nobody is registered yet."""
    asked = [("number", "applicant_name", applicant), *([("stands", "stands_name", agent)] if agent else [])]
    for field, _, who in asked:
        hands.tab_to(field)
        hands.type(who.number)
        hands.looks += 1
    hands.go("Enter")
    unknown = [(field, who.name) for _, field, who in asked if who.name]
    for field, name in unknown:
        hands.tab_to(field)
        hands.type(name)
    if unknown:
        hands.go("Enter")


def read_card(hands: Hands) -> None:
    """谁来办, with the card on the reader: Enter on the empty page."""
    hands.tab_to("number")
    hands.looks += 1
    hands.go("Enter")


def open_item(hands: Hands, words: str) -> None:
    """By what people say; the first line found has the focus."""
    hands.type(words)
    hands.go("Enter")
    hands.go("Enter")


def fill(hands: Hands, texts: Mapping[str, str] = TEXTS) -> None:
    """The situations, then what they bring with them: Enter in any field draws the sheet anew."""
    while hands.page.evaluate(OPEN):
        hands.answer_all(texts)
        hands.go("Enter")


def show_mandate(hands: Hands, *, until: date) -> None:
    """The rest of the sheet with a mandate on paper: until when, and its scan."""
    ends = {"year": until.year, "month": until.month, "day": until.day}
    fill(hands, {**TEXTS, **{f"mandate_until-{part}": str(value) for part, value in ends.items()}})
    hands.scan("scan.shown-mandate", {"name": "委托书.pdf", "mimeType": "application/pdf", "buffer": PDF})
    hands.looks += 1


def take_in(hands: Hands) -> None:
    """The main act of the sheet."""
    hands.go("Control+Enter")
