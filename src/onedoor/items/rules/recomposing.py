"""重新合成: what of a bundle's list comes from its members, and that list made anew of what they say now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from onedoor.items.rules.bundles import compose, faults
from onedoor.items.rules.codec import decode, encode
from onedoor.items.rules.values import Item
from onedoor.kernel.errors import FieldError, Invalid
from onedoor.kernel.tree import Path, place

COMPOSED: Final = frozenset({"conditions", "cooperating", "fees", "flow", "form", "materials", "plan", "prohibited"})
"""Fields of a bundle that say nothing of their own; of the situations some are its own."""
_MADE: Final = sorted(COMPOSED | {"members", "situations"})
LOCKED: Final = "这一项由并联事项合成，不能在这里改。请改那个并联事项的清单，发布以后再重新合成。"

UNLIKE: Final = "请修改这件事的“并联事项”“共用信息”“共用材料”，使它们与并联事项现在的清单一致。"


def from_members(tree: Mapping[str, Any], cell: Path) -> bool:
    """Whether a place of a list comes from the members of a bundle, so that nobody changes it there."""
    members = tree.get("members") or ()
    if not members or cell[0] in COMPOSED:
        return bool(members)
    return cell[0] == "situations" and len(cell) > 1 and _of_a_member(tree, str(cell[1]))


def _of_a_member(tree: Mapping[str, Any], situation: str) -> bool:
    shared = {one["key"] for one in tree.get("shared_facts") or () if not one.get("own")}
    return situation in shared or any(situation.startswith(f"{one['key']}_") for one in tree["members"])


def check_changes(tree: Mapping[str, Any], changes: Iterable[Path]) -> None:
    """Raises Invalid with each change of what comes from members."""
    wrong = [FieldError(place(path), LOCKED) for path in changes if from_members(tree, path)]
    if wrong:
        raise Invalid(wrong)


def recomposed(tree: Mapping[str, Any], members: Mapping[str, Item]) -> dict[str, Any]:
    """The list of a bundle, made anew of the items of its members (by their keys).

    Raises Malformed where the list is none yet; Invalid with why the members cannot be put together.
    """
    bundle = decode(Item, tree)
    if wrong := faults(bundle, members):
        raise Invalid(FieldError(place(one.path), f"{one.message}。{UNLIKE}") for one in wrong)
    made = encode(compose(bundle, members))
    kept = {name: value for name, value in tree.items() if name not in _MADE}
    return kept | {name: made[name] for name in _MADE if name in made}
