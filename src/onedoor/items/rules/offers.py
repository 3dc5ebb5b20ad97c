"""What somebody may be entitled to, from what a register knows: hints with their reason, never a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onedoor.kernel import expr
from onedoor.kernel.expr import Expr, FactType, Kind, Value

SCHEMA: Mapping[str, FactType] = {
    "age": FactType(Kind.INT),
    "sex": FactType(Kind.TEXT),
    "resident": FactType(Kind.BOOL),
}
"""What conditions may ask: age in full years, sex, whether the household is registered in the county."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A hint: the item by its basic code, why it is shown, and the article behind it."""

    key: str
    item: str
    title: str
    when: Expr
    why: str
    basis: str


def offers_from(tree: Sequence[Mapping[str, Any]]) -> tuple[Offer, ...]:
    """Offers out of their YAML tree. ValueError where a condition asks for something that no register knows."""
    found = tuple(
        Offer(row["key"], row["item"], row["title"], expr.parse(row["when"]), row["why"], row["basis"]) for row in tree
    )
    faults = [f"{offer.key}: {told}" for offer in found for told in expr.check(offer.when, SCHEMA, expected=Kind.BOOL)]
    if faults:
        raise ValueError("；".join(faults))
    return found


def facts_of(*, born: date | None, sex: str, area: str, county: str, today: date) -> dict[str, Value]:
    """What is known of a person on a day; what is not known is left out, and nothing is then offered for it."""
    facts: dict[str, Value] = {"sex": sex, "resident": area.startswith(county)} if area else {"sex": sex}
    return facts if born is None else {**facts, "age": age(born, today)}


def age(born: date, today: date) -> int:
    """Full years (周岁) on a day, the birthday included."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def fitting(offers: Sequence[Offer], facts: Mapping[str, Value], *, dismissed: frozenset[str]) -> tuple[Offer, ...]:
    """The offers whose condition holds and that were not put away; a missing fact fulfils nothing."""
    return tuple(offer for offer in offers if offer.key not in dismissed and expr.holds(offer.when, facts))
