"""How two levels' values of one field meet: the result is never worse for the applicant than what stands above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onedoor.items.rules.layers.policy import Policy, Rule


def meet(above: Any, below: Any, policy: Policy) -> Any:
    """What is in force where the level above says ``above`` and the one below ``below``. Total and idempotent."""
    return _MEETS[policy.rule](above, below, policy)


def as_good(above: Any, below: Any, policy: Policy) -> bool:
    """Whether the lower level may set this: exactly when the upper level leaves it as it is."""
    return bool(meet(above, below, policy) == below)


def _locked(above: Any, below: Any, policy: Policy) -> Any:
    return above


def _local(above: Any, below: Any, policy: Policy) -> Any:
    return below


def _fewer(above: Any, below: Any, policy: Policy) -> Any:
    comparable = _whole(above) and _whole(below)
    return below if comparable and below <= above else above


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shorter(above: Any, below: Any, policy: Policy) -> Any:
    """Limits compare in the same unit from the same start; 0 (on the spot) is the shortest of all."""
    if not (isinstance(above, Mapping) and isinstance(below, Mapping)):
        return above
    alike = below.get("number") == 0 or all(above.get(part) == below.get(part) for part in ("unit", "start"))
    return below if alike and _fewer(above.get("number"), below.get("number"), policy) == below.get("number") else above


def _more(above: Any, below: Any, policy: Policy) -> Any:
    if not (isinstance(above, list) and isinstance(below, list)):
        return above
    kept = all(one in below for one in above)
    return below if kept else [*above, *(one for one in below if one not in above)]


def _yes(above: Any, below: Any, policy: Policy) -> Any:
    return above if above is True or not isinstance(below, bool) else below


def _ranked(above: Any, below: Any, policy: Policy) -> Any:
    known = policy.rank(below)
    return below if known >= 0 and known >= policy.rank(above) else above


def _narrower(above: Any, below: Any, policy: Policy) -> Any:
    """Both conditions hold. A lower level that says nothing (None) asks as often as the level above."""
    upper, lower = _parts(above), _parts(below)
    if all(part in lower for part in upper):
        return below
    parts = [*upper, *(part for part in lower if part not in upper)]
    return parts[0] if len(parts) == 1 else {"all": parts}


def _parts(condition: Any) -> list[Any]:
    if condition is None:
        return []
    if isinstance(condition, Mapping) and set(condition) == {"all"}:
        return [inner for part in condition["all"] for inner in _parts(part)]
    return [condition]


_MEETS: dict[Rule, Callable[[Any, Any, Policy], Any]] = {
    Rule.LOCKED: _locked,
    Rule.LOCAL: _local,
    Rule.FEWER: _fewer,
    Rule.SHORTER: _shorter,
    Rule.MORE: _more,
    Rule.YES: _yes,
    Rule.RANKED: _ranked,
    Rule.NARROWER: _narrower,
    Rule.ADDED: _more,
}
