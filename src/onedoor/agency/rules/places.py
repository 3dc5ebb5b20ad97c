"""What a township or a village can do (镇村能办什么): handled, taken in, or done for people, each by its own rule.

A village holds no administrative power: there a thing is received and passed on, or done for people; only a public
service of the village itself is handled. A township handles what its own government is empowered to handle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onedoor.items.rules.codes import Level


class Here(StrEnum):
    """What a person gets at this place."""

    HANDLED = "handled"  # 在这里办理
    RECEIPT = "receipt"  # 在这里交材料，由上级机关办理
    AGENCY = "agency"  # 可以请人代办


class Role(StrEnum):
    """What the place is, from its dated record (场所职能)."""

    FULL = "full"
    RECEIPT = "receipt"
    AGENCY = "agency"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Offer:
    """One item as far as a place cares: whose it is, and whether it may be done for people."""

    code: str
    organ: str
    level: str
    agent: bool


def what_here(offers: Iterable[Offer], *, role: Role, village: bool, government: str | None) -> dict[str, Here]:
    """Item code → what this place does for it; what it does nothing for is left out.

    ``government``: the organ of the township government; only its own items are handled or received here.
    """
    found: dict[str, Here] = {}
    for offer in offers:
        own = government is not None and offer.organ == government
        if (village and own and offer.level == Level.VILLAGE) or (not village and own and role is Role.FULL):
            found[offer.code] = Here.HANDLED
        elif own and role in {Role.RECEIPT, Role.FULL}:
            found[offer.code] = Here.RECEIPT
        elif offer.agent and role is not Role.NONE and (own or not _of_township(offer)):
            found[offer.code] = Here.AGENCY
    return found


def _of_township(offer: Offer) -> bool:
    return offer.level in {Level.TOWNSHIP, Level.VILLAGE}
