"""服务规范: what every hall keeps to, how one sees that it does, and on which basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm. ``check``: how whoever walks through the hall sees it; a basis nobody verified says 待核实."""

    key: str
    name: str
    demand: str
    check: str
    basis: str


def norms_from(tree: Mapping[str, Any]) -> tuple[Norm, ...]:
    """The list as its data file writes it. TypeError where a norm lacks a part, ValueError for a key used twice."""
    norms = tuple(Norm(**row) for row in tree["norms"])
    if len({norm.key for norm in norms}) < len(norms):
        raise ValueError("同一条服务规范写了两次")
    return norms
