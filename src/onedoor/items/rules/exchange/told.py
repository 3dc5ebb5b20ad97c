"""What the national tables say in words about what an item keeps in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from onedoor.items.rules.codec import encode
from onedoor.items.rules.codes import Audience, Level
from onedoor.items.rules.values import Item, Material

NOTHING: Final = "无"


def of_item(item: Item) -> dict[str, str]:
    """Every rendering of an item, by name."""
    return {name: render(item) for name, render in _OF_ITEM.items()}


def of_material(material: Material) -> dict[str, str]:
    """Every rendering of a material, by name."""
    return {"pages": str(material.originals + material.copies)}


def basis(rows: Iterable[Mapping[str, Any]]) -> str:
    """设定依据 out of the tree's rows: law, number, article, text, one a line."""
    parts = ("law", "document", "article", "text")
    return _lines(" ".join(row[part] for part in parts if row.get(part)) for row in rows)


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(row for row in rows if row))


def _ways(**ways: str) -> str:
    return "；".join(f"{way}：{where}" for way, where in ways.items() if where) or NOTHING


def _limit_basis(item: Item) -> str:
    return item.clock.legal.basis if item.clock.legal else ""


def _topics(item: Item, *, person: bool) -> str:
    wanted = any((audience is Audience.PERSON) is person for audience in item.audiences)
    return ",".join(item.topics) if wanted else ""


def _flow(item: Item) -> str:
    return _lines(f"{n}. {s.name}（{s.owner}，{s.limit}）" for n, s in enumerate(item.flow, 1)) or NOTHING


def _special(item: Item) -> str:
    return _lines(f"{one.name}（{one.by_law}）：{one.limit}" for one in item.special_procedures) or NOTHING


_OF_ITEM: Final[dict[str, Callable[[Item], str]]] = {
    "code": lambda item: item.code,
    "implementation_code": lambda item: item.implementation_code,
    "basis": lambda item: basis(encode(item.basis)),
    "legal_basis": _limit_basis,
    "conditions": lambda item: _lines(f"{c.text}（{c.by_law}）" for c in item.conditions) or NOTHING,
    "flow": _flow,
    "special_procedures": _special,
    "has_fees": lambda item: "1" if item.fees else "0",
    "fee_basis": lambda item: _lines(fee.basis for fee in item.fees),
    "addresses": lambda item: _lines(f"{p.name} {p.address} {p.window}".strip() for p in item.places) or NOTHING,
    "hours": lambda item: _lines(place.hours for place in item.places) or NOTHING,
    "enquiry": lambda item: _ways(电话=item.contacts.enquiry, 网络=item.contacts.online),
    "complaint": lambda item: _ways(电话=item.contacts.complaint),
    "single_login": lambda item: "1" if item.online else "0",
    "intermediaries": lambda item: ",".join(one.name for one in item.intermediaries),
    "online_address": lambda item: item.online_address,
    "person_topics": lambda item: _topics(item, person=True),
    "company_topics": lambda item: _topics(item, person=False),
    "town_name": lambda item: item.organ_name if item.level is Level.TOWNSHIP else "",
    "town_code": lambda item: item.area if item.level is Level.TOWNSHIP else "",
    "village_name": lambda item: item.organ_name if item.level is Level.VILLAGE else "",
    "village_code": lambda item: item.area if item.level is Level.VILLAGE else "",
}
