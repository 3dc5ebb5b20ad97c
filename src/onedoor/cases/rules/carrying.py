"""容缺 and 告知承诺 in 一件事: promised once with the whole, carried to the case of each member that needs it.

Each member's case has days of its own and lapses by itself, which ends none of the others. What has come is given to
every member that waits for it; what a member's case has not been opened for yet waits with the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from onedoor.cases.rules.application import promisable
from onedoor.cases.rules.events import promises as p
from onedoor.cases.rules.promising import awaited, handed_in, untrue
from onedoor.cases.rules.values import Case, Pledge, State
from onedoor.items.rules.bundles import Naming, materials_of
from onedoor.items.rules.values import ItemVersion, Member
from onedoor.kernel.expr import Value

Children = Mapping[str, tuple[Case, ItemVersion]]


@dataclass(frozen=True, slots=True)
class Owing:
    """One material that one member waits for. ``member`` "": the whole is not accepted yet; ``due``: not known yet.

    ``asked``: what the organ overlooked (追加请求); it may stay away.
    """

    material: str
    member: str
    due: date | None = None
    late: bool = False
    untrue: bool = False
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """What came for the whole of a bundle, and the cases of its members that have begun."""

    bundle: ItemVersion
    received: p.OwedReceived
    children: Children


def carried(
    whole: Case, naming: Naming, *, member: str, version: ItemVersion, facts: Mapping[str, Value]
) -> dict[str, Pledge]:
    """What was promised of this member's materials, by its own names; only what it takes itself."""
    offered = promisable(version, facts)
    told = {m.key: whole.promised.get(naming.material(member, m.key)) for m in version.materials}
    return {key: kind for key, kind in told.items() if kind and kind in offered.get(key, ())}


def owing(whole: Case, bundle: ItemVersion, children: Children) -> tuple[Owing, ...]:
    """What is still to come, member by member; of a case that is no bundle the same without members."""
    if whole.state is not State.ACCEPTED or not bundle.members:
        return tuple(_of(whole, key) for key in sorted(awaited(whole)))
    naming = Naming(bundle)
    found = [
        one
        for member in bundle.members
        for one in (
            _begun(member, children[member.key][0], naming)
            if member.key in children
            else _not_begun(whole, member, naming)
        )
    ]
    order = [material.key for material in bundle.materials]
    return tuple(sorted(found, key=lambda one: order.index(one.material)))


def _begun(member: Member, child: Case, naming: Naming) -> Iterator[Owing]:
    for key in sorted(awaited(child)):
        yield replace(_of(child, key), material=naming.material(member.key, key), member=member.key)


def _not_begun(whole: Case, member: Member, naming: Naming) -> Iterator[Owing]:
    own = materials_of(naming.bundle, member.key) if member.key in whole.steps else frozenset()
    for key, kind in whole.promised.items():
        if kind is Pledge.LATER and key in own:
            yield Owing(key, member.key)


def _of(case: Case, key: str) -> Owing:
    asked = case.overlooked[key].words if key in case.overlooked else ""
    return Owing(key, "", case.owed.get(key), key in case.lapsed, key in untrue(case), asked)


def hand_in(whole: Case, handed: Handed) -> tuple[p.OwedReceived]:
    """补交, once for all members that wait for it. Refused where nothing is awaited, Invalid for anything else."""
    waiting = frozenset(one.material for one in owing(whole, handed.bundle, handed.children))
    return (handed_in(handed.received, waiting),)


def for_member(handed: Handed, member: str, child: Case) -> dict[str, str]:
    """Of what has come, what this member waits for: its own name of a material → the whole's."""
    naming, brought = Naming(handed.bundle), {*handed.received.materials, *handed.received.paper}
    told = {key: naming.material(member, key) for key in awaited(child)}
    return {key: name for key, name in told.items() if name in brought}
