"""What a card reader tells, checked before anybody believes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onedoor.kernel.codes import why_not_id_number
from onedoor.kernel.errors import Refused
from onedoor.kernel.law import law


@dataclass(frozen=True, slots=True)
class Card:
    """A resident identity card (居民身份证) as its reader gives it. ``valid_to`` None: 长期."""

    number: str
    name: str
    address: str = ""
    valid_to: date | None = None


@law("居民身份证法", 3)
def check_card(card: Card, *, on: date) -> None:
    """Refused where number, name or validity cannot be right: the clerk looks at the card and types instead."""
    if fault := why_not_id_number(card.number, on):
        raise Refused("card_number", f"读出的号码不对：{fault}。请擦净证件再读一次，还不行就照证件输入号码。")
    if not card.name.strip():
        raise Refused("card_name", "没有读出姓名。请擦净证件再读一次，还不行就照证件输入号码。")
    if card.valid_to is not None and card.valid_to < on:
        until = f"{card.valid_to.year}年{card.valid_to.month}月{card.valid_to.day}日"
        raise Refused("card_expired", f"这张身份证的有效期到{until}为止。请来办的人出示有效证件，或者临时身份证。")
