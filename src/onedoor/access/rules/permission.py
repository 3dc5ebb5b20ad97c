"""The one question every face and command asks: may this actor do that?"""

from onedoor.kernel.actor import Act, Actor, Target
from onedoor.kernel.errors import Forbidden


def require(actor: Actor, act: Act, target: Target | None = None) -> None:
    """Deny by default (GB/T 22239-2019 §8.1.4.2). Without a target: only whether a menu may open, never a decision.

    Raises Forbidden.
    """
    allowed = actor.has(act) if target is None else actor.may(act, target)
    if not allowed:
        raise Forbidden
