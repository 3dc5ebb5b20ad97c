"""What may be promised in a bundle (一件事): only what every member that needs the material takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onedoor.items.rules.codes import Necessity
from onedoor.items.rules.promises import Lapse, Tolerance
from onedoor.items.rules.values import Item, Material
from onedoor.kernel.clock import Limit


def promised(made: Material, wanted: Iterable[Material], *, within: Limit) -> Material:
    """The material of the whole, with what may be promised of it: what each that needs it takes, in time for the whole.

    One that must have it at once is reason enough for all; of several periods the shortest is the whole's.
    """
    each = list(wanted)
    needing = [material for material in each if material.necessity is not Necessity.OPTIONAL] or each
    later = all(material.tolerated and material.tolerated_days < within.number for material in needing)
    bases = list(dict.fromkeys(material.pledge for material in needing))
    return replace(
        made,
        necessity=Necessity.TOLERATED if later else _at_once(each),
        tolerated=later,
        tolerated_days=min(material.tolerated_days for material in needing) if later else 0,
        pledge="；".join(bases) if all(bases) else "",
    )


def _at_once(each: list[Material]) -> Necessity:
    found = min((material.necessity for material in each), key=list(Necessity).index)
    return Necessity.REQUIRED if found is Necessity.TOLERATED else found


def tolerance(members: Iterable[Item]) -> Tolerance:
    """What allows 容缺 in the members, and the strictest that a lapse means there: for the member, never the whole."""
    rules = [item.tolerance for item in members if any(material.tolerated for material in item.materials)]
    strict = [rule.lapse_basis for rule in rules if rule.withdraws]
    return Tolerance(
        basis="；".join(dict.fromkeys(rule.basis for rule in rules)),
        lapse=Lapse.WITHDRAWN if strict else Lapse.OVERDUE,
        lapse_basis="；".join(dict.fromkeys(strict)),
    )
